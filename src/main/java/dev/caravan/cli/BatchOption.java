package dev.caravan.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.caravan.model.ModelConfig;
import java.lang.management.ManagementFactory;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--batch N`, for every command that writes completions. It changes speed and memory, not what is written.
final class BatchOption {
    private static final int LARGEST = 64;
    private static final int PROMPT_TOKENS = 1024; // what a prompt is taken to have

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "completions written at a time (default: auto, up to 64 by the machine's memory)",
            converter = SizeConverter.class)
    private OptionalInt size = OptionalInt.empty();

    /// @param maxTokens of a completion
    int size(ModelConfig config, int maxTokens) {
        return size.orElseGet(() -> Math.clamp(memory() / 4 / bytesOfSequence(config, maxTokens), 1, LARGEST));
    }

    /// Keys and values of one sequence in float32. The context is the limit.
    private static long bytesOfSequence(ModelConfig config, int maxTokens) {
        long tokens = Math.min(config.maxPositions(), PROMPT_TOKENS + (long) maxTokens);
        return 2L * Float.BYTES * config.layers() * config.keyValueHeads() * config.headDimension() * tokens;
    }

    /// Bytes of the machine, or of the container.
    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static final class SizeConverter implements ITypeConverter<OptionalInt> {
        @Override
        public OptionalInt convert(String text) {
            if (text.equals("auto")) return OptionalInt.empty();
            if (text.matches("[1-9]\\d{0,4}")) return OptionalInt.of(Integer.parseInt(text));
            throw new TypeConversionException("must be auto or a number from 1, got '" + text + "'");
        }
    }
}
