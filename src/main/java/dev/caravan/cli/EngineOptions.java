package dev.caravan.cli;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    Optional<Precision> precision() {
        return precision;
    }

    Device device() {
        return device;
    }

    OptionalInt threads() {
        return threads;
    }

    enum Precision {
        FLOAT32,
        BFLOAT16
    }

    /// Where tensors live.
    ///
    /// @param type `cpu` or `cuda`
    /// @param index which of the machine's devices of this type, from 0
    record Device(String type, int index) {
        static final Device CPU = new Device("cpu", 0);
        private static final Pattern FORM = Pattern.compile("(cpu)|cuda(?::(\\d{1,3}))?");

        static Device parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException("must be cpu, cuda or cuda:n, got '" + text + "'");
            }
            if (form.group(1) != null) return CPU;
            return new Device("cuda", form.group(2) == null ? 0 : Integer.parseInt(form.group(2)));
        }
    }

    private static final class PrecisionConverter implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String text) {
            return switch (text) {
                case "float32" -> Precision.FLOAT32;
                case "bfloat16" -> Precision.BFLOAT16;
                default -> throw new TypeConversionException("must be float32 or bfloat16, got '" + text + "'");
            };
        }
    }

    private static final class DeviceConverter implements ITypeConverter<Device> {
        @Override
        public Device convert(String text) {
            return Device.parse(text);
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
