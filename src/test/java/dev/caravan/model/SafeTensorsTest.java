package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
    private static final long[] PAIR = {2};

    @TempDir
    private Path folder;

    private static byte[] twoTensors() {
        return Floats.safeTensors(
                Floats.tensor("model.norm.weight", ElementType.F32, new long[] {2, 3}, 1, 2, 3, 4, 5, 6),
                Floats.tensor("lm_head.weight", ElementType.BF16, PAIR, 0.5f, -2));
    }

    /// A file with this header and so many bytes of zeros.
    private Path file(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
        return Floats.write(
                folder.resolve("model.safetensors"),
                buffer.putLong(text.length).put(text).array());
    }

    @Test
    void readsWhatItWrote() {
        Path file = Floats.write(folder.resolve("model.safetensors"), twoTensors());

        try (Weights weights = SafeTensors.open(file)) {
            assertThat(weights.names()).containsExactly("model.norm.weight", "lm_head.weight");
            assertThat(weights.shape("model.norm.weight")).containsExactly(2, 3);
            assertThat(weights.type("lm_head.weight")).isEqualTo(ElementType.BF16);
            assertThat(Floats.of(weights, "model.norm.weight")).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(Floats.of(weights, "lm_head.weight")).containsExactly(0.5f, -2);
        }
    }

    @Property(tries = 100)
    void float32SurvivesBitByBit(@ForAll @Size(max = 40) int[] bits) throws IOException {
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        Path file = Files.createTempFile("laws", ".safetensors");
        long[] shape = {values.length};
        Files.write(file, Floats.safeTensors(Floats.tensor("x", ElementType.F32, shape, values)));

        try (Weights weights = SafeTensors.open(file)) {
            assertThat(Floats.bits(Floats.of(weights, "x"))).isEqualTo(Floats.bits(values));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void headerIsPaddedSoThatDataIsAlignedToEightBytes() {
        byte[] file = twoTensors();

        int data = 6 * 4 + 2 * 2;
        assertThat((file.length - data) % 8).isZero();
        assertThat(new String(file, 8, 31, StandardCharsets.UTF_8)).startsWith("{\"__metadata__\":{\"format\":\"pt\"}");
    }

    @Test
    void equalTensorsGiveEqualBytes() {
        assertThat(twoTensors()).isEqualTo(twoTensors());
    }

    @Test
    void tensorsLargerThanAChunkAreWrittenWhole() {
        float[] values = new float[600_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 256; // exact in bfloat16
        }
        byte[] content = Floats.safeTensors(Floats.tensor("x", ElementType.BF16, new long[] {values.length}, values));

        try (Weights weights = SafeTensors.open(Floats.write(folder.resolve("x.safetensors"), content))) {
            assertThat(Floats.of(weights, "x")).isEqualTo(values);
        }
    }

    @Test
    void truncatedSafetensorsIsRefusedAtEveryLength() {
        byte[] whole = twoTensors();
        Path file = folder.resolve("model.safetensors");

        for (int length = 0; length < whole.length; length++) {
            Floats.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafeTensors.open(file))
                    .as("%d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file.toString());
        }
    }

    @Test
    void truncatedSafetensorsNamesTheTensorThatIsCut() {
        byte[] whole = twoTensors();
        Path file = Floats.write(folder.resolve("model.safetensors"), Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> SafeTensors.open(file))
                .hasMessage(file + ": tensor \"lm_head.weight\": data_offsets [24, 28] must lie in order within the 27"
                        + " bytes of data; the file is cut short or corrupt");
    }

    @Test
    void wrongShapeNamesTensorShapeAndBytes() {
        Path file = file("{\"x\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,20]}}", 20);

        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        file + ": tensor \"x\": shape [2, 3] of F32 takes 24 bytes, but data_offsets [0, 20] span 20");
    }

    @Test
    void overlappingTensorsAreRefused() {
        Path file = file(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                12);

        assertThatThrownBy(() -> SafeTensors.open(file))
                .hasMessage(
                        file + ": tensor \"b\": data_offsets [4, 12] overlap the tensor before it, which ends at 8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                    | leave a gap after
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                    | trailing bytes are not allowed
            {"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}                   | must lie in order within the 8 bytes
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                    | must lie in order within the 8 bytes
            {"x":{"dtype":"F8","shape":[8],"data_offsets":[0,8]}}                     | dtype "F8" is not supported
            {"x":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                   | shape must be a list of numbers from 0 on
            {"x":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}                      | shape must be a list of numbers from 0 on
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[8]}}                      | data_offsets [8] must be two numbers
            {"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}| is too large
            {"x":7}                                                                   | dtype
            [1]                                                                       | header must be a JSON object
            {"x":                                                                     | header is not valid JSON
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"x":{}}             | header is not valid JSON: Duplicate
            """)
    void corruptHeadersAreRefusedWithTheRule(String header, String rule) {
        Path file = file(header, 8);

        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(rule);
    }

    @Test
    void headerLongerThanTheLimitIsRefusedBeforeItIsRead() {
        byte[] content = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(1L << 60)
                .array();
        Path file = Floats.write(folder.resolve("x.safetensors"), content);

        assertThatThrownBy(() -> SafeTensors.open(file))
                .hasMessage(
                        file + ": header length 1152921504606846976 is outside 2…100000000; not a safetensors file");
    }

    @Test
    void missingTensorNamesTheNearest() {
        Path file = Floats.write(folder.resolve("model.safetensors"), twoTensors());

        try (Weights weights = SafeTensors.open(file)) {
            assertThatThrownBy(() -> weights.shape("model.norm.wieght"))
                    .isInstanceOf(DataException.class)
                    .hasMessage(
                            file + ": has no tensor \"model.norm.wieght\"; nearest: model.norm.weight, lm_head.weight");
        }
    }

    @Test
    void shardsAreReadThroughTheirIndex() {
        writeShards("{\"weight_map\":{\"a\":\"1.safetensors\",\"b\":\"2.safetensors\"}}");

        try (Weights weights = SafeTensors.open(folder)) {
            assertThat(weights.names()).containsExactly("a", "b");
            assertThat(Floats.of(weights, "b")).containsExactly(3, 4);
        }
    }

    @Test
    void indexThatDisagreesWithItsShardsIsRefused() {
        writeShards("{\"weight_map\":{\"a\":\"2.safetensors\",\"b\":\"2.safetensors\"}}");

        assertThatThrownBy(() -> SafeTensors.open(folder))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("index.json: tensor \"a\" is not in 2.safetensors");
    }

    @Test
    void indexMustNotLeaveItsFolder() {
        writeShards("{\"weight_map\":{\"a\":\"../1.safetensors\"}}");

        assertThatThrownBy(() -> SafeTensors.open(folder)).hasMessageContaining("must name a file beside the index");
    }

    private void writeShards(String index) {
        Floats.write(
                folder.resolve("1.safetensors"), Floats.safeTensors(Floats.tensor("a", ElementType.F32, PAIR, 1, 2)));
        Floats.write(
                folder.resolve("2.safetensors"), Floats.safeTensors(Floats.tensor("b", ElementType.F32, PAIR, 3, 4)));
        Floats.write(folder.resolve(SafeTensors.INDEX), index.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void missingFileIsNamed() {
        Path file = folder.resolve("none.safetensors");

        assertThatThrownBy(() -> SafeTensors.open(file)).hasMessage(file + ": no such file");
        assertThatThrownBy(() -> SafeTensors.open(folder))
                .hasMessage(folder + ": holds neither model.safetensors nor model.safetensors.index.json");
    }
}
