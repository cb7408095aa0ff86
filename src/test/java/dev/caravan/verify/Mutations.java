package dev.caravan.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Answers as a broken or hostile model might give them.
record Mutations(RandomGenerator random) {
    private static final int LONGEST = 40_000;
    private static final int MOST_AT_ONCE = 4;

    private static final List<String> NESTING = List.of(
            "{",
            "(",
            "[",
            "<",
            "\\frac{",
            "\\sqrt{",
            "\\left(",
            "^{",
            "_{",
            "\\{",
            "\\boxed{",
            "|",
            "$",
            "\\begin{pmatrix}",
            "\\text{",
            "-",
            "!",
            "**",
            "\"",
            "```",
            "[[",
            "{\"a\":",
            "<think>",
            "\\log_{2}(",
            "1+(",
            "2^",
            "√",
            "\\pm");

    private static final List<String> CLOSING = List.of(
            "}",
            ")",
            "]",
            ">",
            "}{1}",
            "}",
            "\\right)",
            "}",
            "}",
            "\\}",
            "}",
            "|",
            "$",
            "\\end{pmatrix}",
            "}",
            "1",
            "!",
            "**",
            "\"",
            "```",
            "]]",
            "}",
            "</think>",
            ")",
            ")",
            "2",
            "2",
            "3");

    private static final List<String> ODD = List.of(
            "\0",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u00ad",
            "\u0130",
            "\u0131",
            "ß",
            "ſ",
            "ﬁ",
            "e\u0301",
            "\u0301",
            "\u200b",
            "\u200d",
            "\u202e",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\ufffe",
            "\uffff",
            "\ud83d",
            "\udc4d",
            "👍🏽",
            "👩‍👩‍👧",
            "٣",
            "३",
            "３",
            "½",
            "²",
            "Ⅷ",
            "一",
            "日本語",
            "العربية",
            "∞",
            "−",
            "–",
            "‘",
            "”",
            "，",
            "。",
            "\r\n",
            "\r",
            "\u000b",
            "\f",
            "\t",
            "𝟙",
            "\ud835\udfcf",
            "%s",
            "\\",
            "\\\\",
            "$$",
            "\\(",
            "\\]",
            "&",
            "#",
            "####",
            "&amp;",
            "\\u0000",
            "Ω",
            "Σ",
            "ς",
            "ǅ");

    private static final List<String> NUMBERS = List.of(
            "1e999999999",
            "1e-999999999",
            "-0",
            "0/0",
            "1/0",
            "10^{10^{10^{10}}}",
            "99999999999999999999!",
            "\\binom{1000000}{500000}",
            "2^{-2147483648}",
            "9223372036854775808",
            "-2147483649",
            "1,000,000,,000",
            ".",
            "0.\\overline{142857}",
            "1.2.3",
            "0x1F",
            "1_000",
            "NaN",
            "Infinity",
            "\\sqrt[1000000]{2}",
            "0^0",
            "1e309",
            "\\sin(10^{400})",
            "e^{e^{e^{e}}}",
            "((((((((((2)^9)^9)^9)^9)^9)^9)^9)^9)^9)^9",
            "(x+y+z+w+1)^{60}",
            "\\frac{1}{\\frac{1}{\\frac{1}{0}}}",
            "[0,10^{30}]",
            "{1,2,3,4,5,6,7,8,9}",
            "x^{10^9}=1");

    /// Short texts that, said over and over, make the longest way for some algorithm or other.
    static List<String> refrains() {
        var refrains = new ArrayList<String>();
        refrains.addAll(NESTING);
        refrains.addAll(ODD);
        refrains.addAll(NUMBERS);
        refrains.addAll(List.of(
                "a",
                "a ",
                "A. ",
                "1,",
                "\n",
                "\n\n",
                "a\n",
                ". ",
                "(a)",
                "* a\n",
                "the ",
                "I ",
                "\u0301\u0316",
                "a-",
                "1 ",
                "3/4 ",
                "\"a\" ",
                "[x]",
                "{}",
                "[],",
                "<<title>>",
                "P.S. ",
                "******",
                "Mr. ",
                "a.b.",
                "9",
                "0",
                "12 ",
                "#### 1\n",
                "the answer is (A) ",
                "\\boxed{1}",
                "$1$",
                "\\frac12",
                "x+",
                "x^2+",
                "\\sqrt",
                "1\\\\",
                "\\text{a}",
                "sin",
                "1e"));
        return refrains;
    }

    /// One to [#MOST_AT_ONCE] changes; other answers lend their parts.
    String of(String text, List<VerifierRows.Row> others) {
        String changed = text;
        for (int left = random.nextInt(1, MOST_AT_ONCE + 1); left > 0; left--) {
            changed = once(changed, others);
        }
        return changed.length() <= LONGEST ? changed : changed.substring(0, LONGEST);
    }

    private String once(String text, List<VerifierRows.Row> others) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + span());
        return switch (random.nextInt(10)) {
            case 0 -> text.substring(0, from);
            case 1 -> text.substring(from);
            case 2 -> text.substring(0, from) + text.substring(to);
            case 3 -> put(text, from, text.substring(from, to).repeat(random.nextInt(2, 40)));
            case 4 -> swapped(text);
            case 5 -> text.substring(0, from) + oneOf(ODD).repeat(times(9)) + text.substring(to);
            case 6 -> put(text, from, nested());
            case 7 -> put(text, from, number());
            case 8 ->
                put(text, from, part(others.get(random.nextInt(others.size())).prediction()));
            default -> text.substring(0, from) + recased(text.substring(from, to)) + text.substring(to);
        };
    }

    private int span() {
        return random.nextInt(1, random.nextInt(4) == 0 ? 400 : 12);
    }

    private static String put(String text, int at, String more) {
        return text.substring(0, at) + more + text.substring(at);
    }

    private String swapped(String text) {
        if (text.length() < 2) return text;
        var characters = text.toCharArray();
        int one = random.nextInt(characters.length);
        int other = random.nextInt(characters.length);
        char kept = characters[one];
        characters[one] = characters[other];
        characters[other] = kept;
        return new String(characters);
    }

    private String nested() {
        int kind = random.nextInt(NESTING.size());
        int depth = times(12);
        String inner = random.nextBoolean() ? "1" : oneOf(NUMBERS);
        String closing = random.nextInt(3) == 0 ? "" : CLOSING.get(kind).repeat(depth);
        return NESTING.get(kind).repeat(depth) + inner + closing;
    }

    private String number() {
        return switch (random.nextInt(3)) {
            case 0 -> Integer.toString(random.nextInt(1, 10)).repeat(times(12));
            case 1 -> "0." + "0".repeat(times(11)) + random.nextInt(1, 10);
            default -> oneOf(NUMBERS);
        };
    }

    private String part(String other) {
        int from = random.nextInt(other.length() + 1);
        return other.substring(from, Math.min(other.length(), from + span()));
    }

    private String recased(String text) {
        return random.nextBoolean()
                ? text.toUpperCase(java.util.Locale.ROOT)
                : text.replace(' ', random.nextBoolean() ? '\n' : '\u00a0');
    }

    /// From one to 2^bits, small ones as likely as large ones.
    private int times(int bits) {
        return random.nextInt(1, (1 << random.nextInt(1, bits + 1)) + 1);
    }

    private String oneOf(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
