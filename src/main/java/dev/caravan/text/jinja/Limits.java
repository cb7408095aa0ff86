package dev.caravan.text.jinja;

/// What a rendering may cost at most. The bounds are far above what chat templates need.
final class Limits {
    private static final int STEPS = 20_000_000;
    private static final int TEXT = 1 << 24; // characters
    private static final int ITEMS = 1 << 20;
    private static final int NUMBER_BITS = 1 << 16;

    private int steps;

    void step() {
        if (++steps > STEPS) throw TemplateException.runtime("the template takes more than " + STEPS + " steps");
    }

    static void checkText(long length) {
        if (length > TEXT) throw TemplateException.runtime("a text grows beyond " + TEXT + " characters");
    }

    static void checkItems(long count) {
        if (count > ITEMS) throw TemplateException.runtime("a list grows beyond " + ITEMS + " items");
    }

    static void checkBits(long bits) {
        if (bits > NUMBER_BITS) throw TemplateException.runtime("a number grows beyond " + NUMBER_BITS + " bits");
    }
}
