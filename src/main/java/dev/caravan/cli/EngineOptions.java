package dev.caravan.cli;

import dev.caravan.tensor.Device;
import dev.caravan.tensor.Engine;
import dev.caravan.tensor.Precision;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--precision`, `--device` and `--threads`, for every command that computes with tensors.
final class EngineOptions {
    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "float32 or bfloat16 (default: the machine's faster)",
            converter = PrecisionConverter.class)
    private Optional<Precision> precision = Optional.empty();

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description = "cpu, cuda or cuda:n (default: ${DEFAULT-VALUE})",
            converter = DeviceConverter.class)
    private Device device = Device.CPU;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads of the tensor engine (default: one a core)",
            converter = ThreadsConverter.class)
    private OptionalInt threads = OptionalInt.empty();

    /// Starts the tensor engine.
    ///
    /// @return the precision to compute in
    Precision start() {
        Precision chosen = precision.orElseGet(Engine::fasterPrecision);
        Engine.start(chosen, threads.orElse(0), device);
        return chosen;
    }

    private static final class PrecisionConverter implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String text) {
            return Arrays.stream(Precision.values())
                    .filter(precision -> precision.label().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("must be float32 or bfloat16, got '" + text + "'"));
        }
    }

    private static final class DeviceConverter implements ITypeConverter<Device> {
        @Override
        public Device convert(String text) {
            try {
                return Device.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("must be cpu, cuda or cuda:n, got '" + text + "'");
            }
        }
    }

    private static final class ThreadsConverter implements ITypeConverter<OptionalInt> {
        @Override
        public OptionalInt convert(String text) {
            if (!text.matches("[1-9]\\d{0,4}")) {
                throw new TypeConversionException("must be a number from 1, got '" + text + "'");
            }
            return OptionalInt.of(Integer.parseInt(text));
        }
    }
}
