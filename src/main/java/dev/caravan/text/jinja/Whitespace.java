package dev.caravan.text.jinja;

/// What a template's tags do to the white space around them.
///
/// @param trimBlocks whether the line break after a `{% … %}` tag is dropped
/// @param lstripBlocks whether the indentation before one is dropped
public record Whitespace(boolean trimBlocks, boolean lstripBlocks) {
    /// Both, as Hugging Face renders chat templates.
    public static final Whitespace CHAT = new Whitespace(true, true);
}
