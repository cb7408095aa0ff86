package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.DataException;
import dev.caravan.model.Rope.Llama3Scaling;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufTest {
    private static final int ROW = 32 * Float.BYTES;

    @TempDir
    private Path folder;

    private Path file(byte[] content) {
        return Floats.write(folder.resolve("model.gguf"), content);
    }

    private Path file(GgufBytes content) {
        return file(content.build());
    }

    private void assertRefused(GgufBytes content, String complaint) {
        Path file = file(content);
        assertThatThrownBy(() -> Gguf.open(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + ": " + complaint);
    }

    @Test
    void configurationComesFromTheMetadata() {
        try (Gguf gguf = Gguf.open(file(GgufBytes.llama().llamaTensors()))) {
            assertThat(gguf.config())
                    .isEqualTo(new ModelConfig(
                            Architecture.LLAMA,
                            3,
                            32,
                            32,
                            1,
                            2,
                            1,
                            4,
                            1e-5,
                            Rope.of(100_000),
                            64,
                            true,
                            OptionalInt.empty(),
                            List.of(),
                            OptionalInt.empty(),
                            OptionalInt.empty()));
            assertThat(gguf.tokenizer()).isEmpty();
        }
    }

    @Test
    void namesAndShapesAreThoseOfHuggingFace() {
        try (Gguf gguf = Gguf.open(file(GgufBytes.llama().llamaTensors()))) {
            assertThat(gguf.names())
                    .containsExactlyInAnyOrderElementsOf(
                            gguf.config().tensorShapes().keySet());
            assertThat(gguf.shape("model.layers.0.self_attn.o_proj.weight")).containsExactly(32, 8);
        }
    }

    @Test
    void interleavedQueryRowsAreReadHalfByHalf() {
        try (Gguf gguf = Gguf.open(file(GgufBytes.llama().llamaTensors()))) {
            float[] queries = Floats.of(gguf, "model.layers.0.self_attn.q_proj.weight");

            // the rows of a head lie in the file as pairs: 0 with 1, 2 with 3
            int[] rows = {0, 2, 1, 3, 4, 6, 5, 7};
            for (int row = 0; row < rows.length; row++) {
                assertThat(queries[row * 32]).isEqualTo(rows[row] * 32);
            }
        }
    }

    @Property
    void interleavingUndoesDeinterleaving(@ForAll @IntRange(min = 1, max = 64) int pairs) {
        float[] head = new float[2 * pairs * 32];
        for (int i = 0; i < head.length; i++) {
            head[i] = i;
        }
        float[] other = new float[head.length];
        float[] again = new float[head.length];

        HeadRows.deinterleave(MemorySegment.ofArray(head), MemorySegment.ofArray(other), ROW);
        HeadRows.interleave(MemorySegment.ofArray(other), MemorySegment.ofArray(again), ROW);

        assertThat(again).isEqualTo(head);
    }

    @Test
    void quantisedTensorsAreDecoded() {
        ByteBuffer row = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN).putShort(Float.floatToFloat16(0.25f));
        row.put((byte) -4);
        GgufBytes content =
                GgufBytes.llama().llamaTensors().tensor("output.weight", 8, repeated(row.array(), 3), 32, 3);

        try (Gguf gguf = Gguf.open(file(content))) {
            assertThat(gguf.config().tiedEmbeddings()).isFalse();
            assertThat(gguf.type("lm_head.weight")).isEqualTo(ElementType.Q8_0);
            assertThat(Floats.of(gguf, "lm_head.weight")).startsWith(-1, 0).hasSize(96);
        }
    }

    private static byte[] repeated(byte[] bytes, int times) {
        ByteBuffer all = ByteBuffer.allocate(bytes.length * times);
        for (int i = 0; i < times; i++) {
            all.put(bytes);
        }
        return all.array();
    }

    @Test
    void tokenizerPartsAreHandedOutAsWritten() {
        GgufBytes content = GgufBytes.llama()
                .text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", "smollm")
                .texts("tokenizer.ggml.tokens", List.of("a", "b", "Ġab"))
                .texts("tokenizer.ggml.merges", List.of("a b"))
                .integers("tokenizer.ggml.token_type", List.of(1, 1, 3))
                .integer("tokenizer.ggml.bos_token_id", 1)
                .integer("tokenizer.ggml.eos_token_id", 2)
                .integer("tokenizer.ggml.eot_token_id", 0)
                .flag("tokenizer.ggml.add_bos_token", false)
                .text("tokenizer.chat_template", "{{ messages }}");

        try (Gguf gguf = Gguf.open(file(content.llamaTensors()))) {
            GgufTokenizer tokenizer = gguf.tokenizer().orElseThrow();
            assertThat(tokenizer.tokens()).containsExactly("a", "b", "Ġab");
            assertThat(tokenizer.merges()).containsExactly("a b");
            assertThat(tokenizer.tokenTypes()).containsExactly(1, 1, 3);
            assertThat(tokenizer.addBeginToken()).contains(false);
            assertThat(tokenizer.chatTemplate()).contains("{{ messages }}");
            assertThat(gguf.config().endTokenIds()).containsExactly(2, 0);
        }
    }

    @Test
    void ropeFactorsOfLlama3BecomeItsScaling() {
        Rope scaled = new Rope(100_000, Optional.of(new Llama3Scaling(32, 1, 4, 8192)));
        double[] plain = Rope.of(100_000).frequencies(4);
        double[] stretched = scaled.frequencies(4);
        float[] factors = {(float) (plain[0] / stretched[0]), (float) (plain[1] / stretched[1])};
        GgufBytes content = GgufBytes.llama().llamaTensors();

        try (Gguf gguf = Gguf.open(file(content.floats("rope_freqs.weight", factors, 2)))) {
            double[] read = gguf.config().rope().frequencies(4);
            assertThat(read).containsExactly(stretched, within(1e-6));
        }
    }

    @Test
    void truncatedGgufIsRefusedAtEveryLength() {
        byte[] whole = GgufBytes.llama()
                .text("tokenizer.ggml.model", "gpt2")
                .llamaTensors()
                .build();
        Path file = folder.resolve("model.gguf");

        for (int length = 0; length < whole.length; length += 97) {
            Floats.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Gguf.open(file))
                    .as("%d bytes", length)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith(file.toString());
        }
    }

    @Property(tries = 300)
    void corruptGgufNeverFailsOtherwiseThanWithAComplaint(
            @ForAll @IntRange(max = 900) int position, @ForAll byte value) {
        byte[] content = GgufBytes.llama().llamaTensors().build();
        content[position] = value;
        Path file = Floats.write(Path.of("target/corrupt.gguf"), content);

        try (Gguf gguf = Gguf.open(file)) {
            assertThat(gguf.names()).isNotEmpty();
        } catch (DataException e) {
            assertThat(e).hasMessageStartingWith(file.toString());
        }
    }

    @Test
    void truncatedGgufSaysWhereAndWhat() {
        byte[] whole = GgufBytes.llama().build();
        Path file = file(Arrays.copyOf(whole, 40));

        assertThatThrownBy(() -> Gguf.open(file))
                .hasMessage(file + ": ends at byte 40, but a metadata key needs 20 from byte 32;"
                        + " the file is cut short or corrupt");
    }

    @Test
    void otherFilesAndVersionsAreRefused() {
        Path other = file(new GgufBytes().build(0x04034b50, 3));
        assertThatThrownBy(() -> Gguf.open(other)).hasMessage(other + ": does not begin with GGUF; not a GGUF file");

        Path old = file(new GgufBytes().build(GgufFile.MAGIC, 1));
        assertThatThrownBy(() -> Gguf.open(old)).hasMessage(old + ": GGUF version must be 2 or 3, got 1");
    }

    @Test
    void unknownArchitectureIsRefused() {
        assertRefused(
                new GgufBytes().text("general.architecture", "mamba"),
                "architecture \"mamba\" is not supported; known: llama");
    }

    @Test
    void wrongShapeIsNamedBesideTheShapeOfTheConfiguration() {
        GgufBytes content = GgufBytes.llama().integer("llama.attention.value_length", 4);
        assertRefused(
                content.llamaTensors().floats("output.weight", new float[32 * 4], 32, 4),
                "tensor \"lm_head.weight\" has the shape [4, 32], but its configuration makes it [3, 32]");
    }

    @Test
    void unsupportedQuantisationIsNamed() {
        assertRefused(
                GgufBytes.llama().tensor("output.weight", 12, new byte[144], 256),
                "tensor \"output.weight\": ggml type 12 (Q4_K) is not supported;"
                        + " known: F32, F16, BF16, Q8_0, Q4_0, Q4_1");
    }

    @Test
    void biasesAreRefused() {
        assertRefused(
                GgufBytes.llama().llamaTensors().floats("blk.0.attn_q.bias", new float[8], 8),
                "tensor \"blk.0.attn_q.bias\" has no place in a Llama");
    }

    @Test
    void mixturesOfExpertsAreRefused() {
        assertRefused(
                GgufBytes.llama().llamaTensors().integer("llama.expert_count", 8),
                "metadata key llama.expert_count must be 0: mixtures of experts are not supported, got 8");
    }

    @Test
    void everyKindOfMetadataValueIsRead() {
        GgufBytes content = GgufBytes.llama()
                .raw("a", 0, new byte[] {-1})
                .raw("b", 1, new byte[] {-1})
                .raw("c", 2, new byte[] {-1, -1})
                .raw("d", 3, new byte[] {-1, -1})
                .raw("e", 4, GgufBytes.int32(-1))
                .raw("f", 5, GgufBytes.int32(-1))
                .raw("g", 10, GgufBytes.int64(7))
                .raw("h", 11, GgufBytes.int64(-1))
                .raw("i", 12, GgufBytes.int64(Double.doubleToRawLongBits(0.1)));
        try (var arena = Arena.ofConfined()) {
            var values = GgufFile.map(file(content), arena).metadata().values();

            assertThat(values.sequencedValues().stream().skip(10))
                    .containsExactly(255L, -1L, 65535L, -1L, 4294967295L, -1L, 7L, -1L, 0.1);
        }
    }
}
