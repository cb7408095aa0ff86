package dev.caravan.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.io.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
    @TempDir
    Path folder;

    /// Reads an event file by the format's description, independently of the writer.
    private static final class Reader {
        private final List<String> scalars = new ArrayList<>();
        private long step;
        private String tag = "";

        static List<String> scalars(byte[] file) {
            var reader = new Reader();
            var in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                byte[] length = new byte[8];
                in.duplicate().get(length);
                byte[] event = new byte[(int) in.getLong()];
                assertThat(in.getInt()).isEqualTo(TensorBoard.maskedCrc(length));
                in.get(event);
                assertThat(in.getInt()).isEqualTo(TensorBoard.maskedCrc(event));
                reader.step = 0;
                reader.message(ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN), "event");
            }
            return reader.scalars;
        }

        private void message(ByteBuffer in, String kind) {
            while (in.hasRemaining()) {
                int key = in.get();
                switch (kind + " " + (key >> 3) + " " + (key & 7)) {
                    case "event 1 1" -> in.getDouble();
                    case "event 2 0" -> step = varint(in);
                    case "event 3 2" -> scalars.add(text(in));
                    case "event 5 2" -> message(part(in), "summary");
                    case "summary 1 2" -> message(part(in), "value");
                    case "value 1 2" -> tag = text(in);
                    case "value 2 5" -> scalars.add(tag + "@" + step + "=" + in.getFloat());
                    default -> throw new AssertionError("unknown field " + kind + " " + key);
                }
            }
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                long next = in.get();
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        private static ByteBuffer part(ByteBuffer in) {
            int length = (int) varint(in);
            ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            in.position(in.position() + length);
            return part;
        }

        private static String text(ByteBuffer in) {
            return StandardCharsets.UTF_8.decode(part(in)).toString();
        }
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll String tag, @ForAll @LongRange(min = 0) long step, @ForAll float value) {
        byte[] file = TensorBoard.events(Map.of(tag, new TreeMap<>(Map.of(step, (double) value))));
        String readable = new String(tag.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(Reader.scalars(file)).containsExactly("brain.Event:2", readable + "@" + step + "=" + value);
    }

    @Test
    void theChecksumIsTheMaskedCastagnoliOne() {
        // CRC-32C of "123456789" is 0xe3069283; rotated right by 15 bits it is 0x2507c60d, plus 0xa282ead8
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(TensorBoard.maskedCrc(digits)).isEqualTo(0x2507c60d + 0xa282ead8);
    }

    @Test
    void eachStageHasItsFile() throws IOException {
        Files.writeString(
                folder.resolve("metrics.jsonl"),
                "{\"stage\":\"03-sft\",\"step\":1,\"loss\":2.5}\n{\"stage\":\"dpo\",\"step\":2,\"margin\":0.5}\n");
        TensorBoard.write(new Store(), folder);
        assertThat(Reader.scalars(Files.readAllBytes(folder.resolve("tensorboard/sft/events.out.tfevents.0.caravan"))))
                .containsExactly("brain.Event:2", "loss@1=2.5");
        assertThat(folder.resolve("tensorboard/dpo/events.out.tfevents.0.caravan"))
                .exists();
    }
}
