package dev.caravan.text.jinja;

/// A template that cannot be read, or that refuses what it was given.
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// Whether the template itself is wrong, or its rendering of these variables failed.
    public enum Kind {
        SYNTAX,
        RUNTIME
    }

    private final Kind kind;

    private TemplateException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static TemplateException syntax(int line, String message) {
        return new TemplateException(Kind.SYNTAX, "line " + line + ": " + message);
    }

    static TemplateException runtime(String message) {
        return new TemplateException(Kind.RUNTIME, message);
    }

    public Kind kind() {
        return kind;
    }
}
