package dev.caravan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.TensorException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TensorTest {
    @BeforeAll
    static void start() {
        Engine.start(Precision.FLOAT32, 0, Device.CPU);
    }

    private static Tensor vector(float... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void tensorUsedAfterItsScopeClosedSaysSo() {
        Tensor late;
        try (var _ = Scope.open()) {
            late = vector(1, 2);
        }
        assertThatThrownBy(() -> late.plus(1)).hasMessage("a tensor was used after its scope closed");
    }

    @Test
    void closedOperandIsTheReasonGivenNotTheEnginesOwn() {
        Tensor late;
        try (var _ = Scope.open()) {
            late = vector(1, 2);
        }
        try (var _ = Scope.open()) {
            Tensor live = vector(1, 2);
            assertThatThrownBy(() -> live.times(late)).hasMessage("a tensor was used after its scope closed");
        }
    }

    @Test
    void tensorNeedsAScope() {
        assertThatThrownBy(() -> vector(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no tensor scope is open on thread "
                        + Thread.currentThread().getName());
    }

    @Test
    void refusedShapesAreNamedWithTheOperation() {
        try (var _ = Scope.open()) {
            assertThatThrownBy(() -> vector(1, 2).plus(vector(1, 2, 3)))
                    .isInstanceOf(TensorException.class)
                    .hasMessage("plus of [2] and [3]: The size of tensor a (2) must match the size of tensor b (3)"
                            + " at non-singleton dimension 0");
        }
    }

    @Test
    void keptTensorOutlivesItsScopeUntilItIsClosed() {
        Tensor kept;
        try (var _ = Scope.open()) {
            kept = vector(1, 2).keep();
        }
        try (var _ = Scope.open()) {
            assertThat(kept.sum().item()).isEqualTo(3);
        }
        kept.close();
        assertThatThrownBy(kept::toFloats).hasMessage("a tensor was used after its scope closed");
    }

    @Test
    void tensorPassedOnLivesAsLongAsTheOuterScope() {
        try (var _ = Scope.open()) {
            Tensor passed;
            try (var inner = Scope.open()) {
                passed = inner.pass(vector(4));
            }
            assertThat(passed.item()).isEqualTo(4);
        }
    }

    @Test
    void scopesFreeAllThatWasMadeInThem() {
        long before = Engine.nativeObjects();
        try (var _ = Scope.open()) {
            vector(1, 2).exp().plus(vector(3, 4)).sum().item();
        }
        assertThat(Engine.nativeObjects()).isEqualTo(before);
    }

    @Test
    void scopeRefusesToCloseOnAnotherThread() throws InterruptedException {
        try (var scope = Scope.open()) {
            var refusal = new Throwable[1];
            Thread other = Thread.ofPlatform().name("other").start(() -> refusal[0] = closing(scope));
            other.join();
            assertThat(refusal[0])
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("a tensor scope of thread "
                            + Thread.currentThread().getName() + " was closed on thread other");
        }
    }

    private static Throwable closing(Scope scope) {
        try {
            scope.close();
            return new AssertionError("it closed");
        } catch (IllegalStateException e) {
            return e;
        }
    }

    @Test
    void gradientOfAProductIsTheOtherFactor() {
        try (var _ = Scope.open()) {
            Tensor x = vector(2, 3).leaf();
            x.times(vector(5, 7)).sum().backward();
            assertThat(x.gradient().toFloats()).containsExactly(5, 7);
        }
    }

    @Test
    void nothingIsRecordedWhileGradientsAreOff() {
        try (var _ = Scope.open()) {
            Tensor x = vector(2).leaf();
            Tensor squared;
            try (var _ = NoGradient.on()) {
                squared = x.square();
            }
            assertThatThrownBy(() -> squared.sum().backward()).isInstanceOf(TensorException.class);
        }
    }

    @Test
    void logSoftmaxOfHugeLogitsStaysFinite() {
        try (var _ = Scope.open()) {
            float[] logProbs =
                    Tensor.of(new float[] {1000, 0}, 1, 2).logSoftmax().toFloats();
            assertThat(logProbs[0]).isCloseTo(0, within(1e-6f));
            assertThat(logProbs[1]).isCloseTo(-1000, within(1e-3f));
        }
    }

    @Test
    void productsThroughSpacedRowsAreThoseThroughDenseOnes() {
        try (var _ = Scope.open()) {
            for (Precision precision : Precision.values()) {
                for (int width : new int[] {344, 512, 576}) {
                    try (var _ = Scope.open()) {
                        Tensor.full(
                                Double.NaN, 4 * 192, width); // for what lies between rows, if its memory is taken again
                    }
                    var numbers = new float[192 * width];
                    for (int i = 0; i < numbers.length; i++) {
                        numbers[i] = (float) Math.sin(i);
                    }
                    Tensor dense = Tensor.of(numbers, 192, width).to(precision);
                    Tensor spaced = dense.spacedLike().copyInPlace(dense);
                    Tensor product = dense.spaced(192, 192).matmulInPlace(spaced, spaced.transpose(0, 1));
                    assertThat(product.minus(dense.linear(dense)).norm().item()).isLessThan(1e-3);
                }
            }
        }
    }
}
