package dev.caravan.text.jinja;

/// Where a character of a rendered text came from.
///
/// @param source the number of the message whose content it was, or [#TEMPLATE_SOURCE] or [#DATA_SOURCE]
/// @param generated whether it was rendered inside `{% generation %}`, that is, is to be learnt
public record Origin(int source, boolean generated) {
    public static final int TEMPLATE_SOURCE = -1;
    public static final int DATA_SOURCE = -2;

    /// Written by the template's author: only such text may become a special token.
    public static final Origin TEMPLATE = new Origin(TEMPLATE_SOURCE, false);

    /// From a variable other than the messages, such as the list of tools.
    public static final Origin DATA = new Origin(DATA_SOURCE, false);

    public static Origin message(int index) {
        return new Origin(index, false);
    }

    public boolean isTemplate() {
        return source == TEMPLATE_SOURCE;
    }

    Origin inGeneration() {
        return generated ? this : new Origin(source, true);
    }
}
