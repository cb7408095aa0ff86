package dev.caravan.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FloatCodecTest {
    private static final int PATTERNS = 1 << 16;

    /// Every 16-bit pattern in turn.
    private static byte[] allPatterns() {
        ByteBuffer buffer = ByteBuffer.allocate(2 * PATTERNS).order(ByteOrder.LITTLE_ENDIAN);
        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            buffer.putShort((short) pattern);
        }
        return buffer.array();
    }

    /// What a 16-bit float means by definition: sign, exponent, fraction.
    private static float meaning(int pattern, int fractionBits, int bias) {
        int exponentMask = (1 << (15 - fractionBits)) - 1;
        int exponent = (pattern >> fractionBits) & exponentMask;
        double fraction = (pattern & ((1 << fractionBits) - 1)) / (double) (1 << fractionBits);
        double sign = pattern >= 1 << 15 ? -1 : 1;
        if (exponent == exponentMask) {
            return fraction == 0 ? (float) (sign * Double.POSITIVE_INFINITY) : Float.NaN;
        }
        double significand = exponent == 0 ? fraction : 1 + fraction;
        return (float) (sign * significand * Math.pow(2, Math.max(exponent, 1) - bias));
    }

    @Test
    void everyBfloat16PatternMeansWhatItsDefinitionSays() {
        float[] decoded = Floats.decode(ElementType.BF16, allPatterns(), PATTERNS);

        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            assertThat(decoded[pattern]).as("pattern %x", pattern).isEqualTo((Float) meaning(pattern, 7, 127));
        }
    }

    @Test
    void everyFloat16PatternMeansWhatItsDefinitionSays() {
        float[] decoded = Floats.decode(ElementType.F16, allPatterns(), PATTERNS);

        for (int pattern = 0; pattern < PATTERNS; pattern++) {
            assertThat(decoded[pattern]).as("pattern %x", pattern).isEqualTo((Float) meaning(pattern, 10, 15));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void everyPatternSurvivesTheWayThroughFloat32(ElementType type) {
        float[] decoded = Floats.decode(type, allPatterns(), PATTERNS);

        float[] again = Floats.decode(type, Floats.encode(type, decoded), PATTERNS);

        assertThat(Floats.bits(again)).isEqualTo(Floats.bits(decoded));
    }

    @Property
    void bfloat16IsTheNearestAndTheEvenOneOfTwo(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);
        float towardsZero = Float.intBitsToFloat(bits & 0xFFFF0000);
        float away = Float.intBitsToFloat((bits & 0xFFFF0000) + 0x10000);
        Assume.that(Float.isFinite(value) && Float.isFinite(away)); // the rest has a test of its own
        double below = Math.abs((double) value - towardsZero);
        double above = Math.abs((double) away - value);
        boolean evenIsBelow = (bits & 0x10000) == 0;

        float rounded = Floats.decode(ElementType.BF16, Floats.encode(ElementType.BF16, value), 1)[0];

        assertThat(rounded).isEqualTo(below < above || (below == above && evenIsBelow) ? towardsZero : away);
    }

    @Test
    void bfloat16RoundsTheLargestFloatsToInfinityAndKeepsNan() {
        byte[] stored = Floats.encode(
                ElementType.BF16, Float.MAX_VALUE, -Float.MAX_VALUE, Float.NaN, Float.intBitsToFloat(0x7F800001));

        assertThat(Floats.decode(ElementType.BF16, stored, 4))
                .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.NaN);
    }

    @Test
    void q80ScalesSignedBytes() {
        ByteBuffer block = block(ElementType.Q8_0).putShort(Float.floatToFloat16(0.5f));
        for (int i = 0; i < 32; i++) {
            block.put((byte) (i * 8 - 128));
        }

        float[] decoded = Floats.decode(ElementType.Q8_0, block.array(), 32);

        for (int i = 0; i < 32; i++) {
            assertThat(decoded[i]).isEqualTo(0.5f * (i * 8 - 128));
        }
    }

    @Test
    void q40CentresHalfBytesAtEight() {
        ByteBuffer block = block(ElementType.Q4_0).putShort(Float.floatToFloat16(2));
        putHalfBytes(block);

        float[] decoded = Floats.decode(ElementType.Q4_0, block.array(), 32);

        for (int i = 0; i < 16; i++) {
            assertThat(decoded[i]).isEqualTo(2f * (i - 8));
            assertThat(decoded[16 + i]).isEqualTo(2f * (15 - i - 8));
        }
    }

    @Test
    void q41AddsTheMinimum() {
        ByteBuffer block =
                block(ElementType.Q4_1).putShort(Float.floatToFloat16(2)).putShort(Float.floatToFloat16(-3));
        putHalfBytes(block);

        float[] decoded = Floats.decode(ElementType.Q4_1, block.array(), 32);

        for (int i = 0; i < 16; i++) {
            assertThat(decoded[i]).isEqualTo(2f * i - 3);
            assertThat(decoded[16 + i]).isEqualTo(2f * (15 - i) - 3);
        }
    }

    @Test
    void wholeNumbersBecomeFloats() {
        byte[] longs = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(-7)
                .putLong(255)
                .array();

        assertThat(Floats.decode(ElementType.I64, longs, 2)).containsExactly(-7, 255);
        assertThat(Floats.decode(ElementType.I8, new byte[] {-7, 1}, 2)).containsExactly(-7, 1);
        assertThat(Floats.decode(ElementType.U8, new byte[] {-7, 1}, 2)).containsExactly(249, 1);
    }

    private static ByteBuffer block(ElementType type) {
        return ByteBuffer.allocate((int) type.bytes(32)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// 0…15 in the low half bytes, 15…0 in the high ones.
    private static void putHalfBytes(ByteBuffer block) {
        for (int i = 0; i < 16; i++) {
            block.put((byte) (i | (15 - i) << 4));
        }
    }
}
