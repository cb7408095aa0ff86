package dev.caravan.tensor;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Starts the engine in float32 and gives each test a scope for its tensors.
public final class OpenScope implements BeforeEachCallback, AfterEachCallback {
    private static final Namespace OWN = Namespace.create(OpenScope.class);

    @Override
    @SuppressWarnings("MustBeClosed") // closed after the test
    public void beforeEach(ExtensionContext context) {
        Engine.start(Precision.FLOAT32, 0, Device.CPU);
        context.getStore(OWN).put(context.getUniqueId(), Scope.open());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        context.getStore(OWN).remove(context.getUniqueId(), Scope.class).close();
    }
}
