package dev.caravan.recipe;

import dev.caravan.tensor.Device;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.Precision;

/// Starts the tensor engine as a recipe asks for it.
final class Engines {
    private Engines() {}

    /// @return the precision to compute in
    static Precision start(StageRun run) {
        var compute = run.compute();
        Precision precision = compute.precision().orElseGet(Engine::fasterPrecision);
        Engine.start(
                precision,
                compute.threads().orElse(0),
                Device.parse(compute.device().orElse("cpu")));
        run.madeWith(Engine.versions());
        return precision;
    }
}
