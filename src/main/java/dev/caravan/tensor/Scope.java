package dev.caravan.tensor;

import org.bytedeco.javacpp.PointerScope;

/// The lifetime of native temporaries on one thread: every tensor made while a scope is the innermost one is freed
/// when it closes, unless its owner called [Tensor#keep()].
///
/// A scope belongs to a moment (a micro-batch, a block, a decoded token, a file), so few classes open one.
public final class Scope implements AutoCloseable {
    private final PointerScope scope;
    private final Thread owner;

    private Scope() {
        scope = new PointerScope();
        owner = Thread.currentThread();
    }

    public static Scope open() {
        return new Scope();
    }

    /// Hands a tensor on to the enclosing scope, so that it outlives this one.
    public Tensor pass(Tensor tensor) {
        tensor.moveOut(scope);
        return tensor;
    }

    @Override
    public void close() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("a tensor scope of thread " + owner.getName() + " was closed on thread "
                    + Thread.currentThread().getName());
        }
        scope.close();
    }
}
