package dev.caravan.tensor;

import java.util.regex.Pattern;

/// Where tensors live: `cpu`, `cuda` or `cuda:1`.
public record Device(Kind kind, int index) {
    public enum Kind {
        CPU,
        CUDA
    }

    public static final Device CPU = new Device(Kind.CPU, 0);
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    public static Device parse(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        var cuda = CUDA.matcher(text);
        if (!cuda.matches()) {
            throw new IllegalArgumentException("device must be cpu, cuda or cuda:N, got '" + text + "'");
        }
        return new Device(Kind.CUDA, cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)));
    }

    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }
}
