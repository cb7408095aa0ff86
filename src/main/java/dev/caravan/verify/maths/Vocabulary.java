package dev.caravan.verify.maths;

import java.util.Map;
import java.util.Set;

/// The words and commands that mean something in an answer.
final class Vocabulary {
    /// Commands without a meaning for the value.
    static final Set<String> SILENT = Set.of(
            "left",
            "right",
            "middle",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
            "Biggl",
            "Biggr",
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "limits",
            "nolimits",
            "quad",
            "qquad",
            "hfill",
            "boxed",
            "fbox",
            "phantom",
            "hspace",
            "mathop",
            "strut",
            "nonumber",
            "rm",
            "bf",
            "it",
            "mathstrut",
            "enspace",
            "thinspace",
            "hline",
            "therefore",
            "because",
            "bullet",
            "square",
            "blacksquare");

    /// Commands whose argument is text.
    static final Set<String> TEXTUAL = Set.of(
            "text",
            "mbox",
            "hbox",
            "textbf",
            "textit",
            "textnormal",
            "textrm",
            "textsf",
            "texttt",
            "textup",
            "mathrm",
            "mathbf",
            "mathit",
            "mathsf",
            "mathtt",
            "mathbb",
            "mathcal",
            "operatorname",
            "bm",
            "boldsymbol",
            "mathscr",
            "mathfrak",
            "emph",
            "underline",
            "textsuperscript",
            "pmb");

    /// Those of them that set single letters in a type of their own.
    static final Set<String> LETTER_TYPES =
            Set.of("mathbf", "mathit", "mathsf", "bm", "boldsymbol", "mathfrak", "mathscr", "pmb");

    /// Commands that put something over or under a name.
    static final Set<String> ACCENTS = Set.of(
            "vec",
            "overrightarrow",
            "overleftarrow",
            "hat",
            "bar",
            "widehat",
            "widetilde",
            "tilde",
            "overline",
            "overleftrightarrow",
            "overset",
            "underset",
            "overbrace",
            "underbrace",
            "dot",
            "ddot",
            "overarc",
            "wideparen");

    static final Set<String> FRACTIONS = Set.of("frac", "dfrac", "tfrac", "cfrac", "sfrac", "nicefrac");
    static final Set<String> BINOMIALS = Set.of("binom", "dbinom", "tbinom");

    static final Map<String, Expression.Function> FUNCTIONS = Map.ofEntries(
            Map.entry("sin", Expression.Function.SIN),
            Map.entry("cos", Expression.Function.COS),
            Map.entry("tan", Expression.Function.TAN),
            Map.entry("tg", Expression.Function.TAN),
            Map.entry("cot", Expression.Function.COT),
            Map.entry("ctg", Expression.Function.COT),
            Map.entry("sec", Expression.Function.SEC),
            Map.entry("csc", Expression.Function.CSC),
            Map.entry("arcsin", Expression.Function.ARCSIN),
            Map.entry("arccos", Expression.Function.ARCCOS),
            Map.entry("arctan", Expression.Function.ARCTAN),
            Map.entry("asin", Expression.Function.ARCSIN),
            Map.entry("acos", Expression.Function.ARCCOS),
            Map.entry("atan", Expression.Function.ARCTAN),
            Map.entry("sinh", Expression.Function.SINH),
            Map.entry("cosh", Expression.Function.COSH),
            Map.entry("tanh", Expression.Function.TANH),
            Map.entry("exp", Expression.Function.EXP),
            Map.entry("ln", Expression.Function.LN),
            Map.entry("log", Expression.Function.LOG),
            Map.entry("lg", Expression.Function.LOG));

    /// Functions that are not evaluated, and are no others with a letter behind them either.
    static final Set<String> HYPERBOLIC = Set.of("coth", "sech", "csch");

    static final Map<String, Expression.Function> INVERSES = Map.of(
            "sin", Expression.Function.ARCSIN, "cos", Expression.Function.ARCCOS, "tan", Expression.Function.ARCTAN);

    /// Names that are commands without a backslash too.
    static final Set<String> BARE_COMMANDS = Set.of("pi", "sqrt", "infty", "theta", "alpha", "beta", "cup");

    static final Map<String, Expression.Sign> RELATIONS = Map.ofEntries(
            Map.entry("=", Expression.Sign.EQUAL),
            Map.entry("==", Expression.Sign.EQUAL),
            Map.entry("equiv", Expression.Sign.EQUAL),
            Map.entry("<", Expression.Sign.LESS),
            Map.entry("lt", Expression.Sign.LESS),
            Map.entry("<=", Expression.Sign.AT_MOST),
            Map.entry("le", Expression.Sign.AT_MOST),
            Map.entry("leq", Expression.Sign.AT_MOST),
            Map.entry("leqslant", Expression.Sign.AT_MOST),
            Map.entry(">", Expression.Sign.GREATER),
            Map.entry("gt", Expression.Sign.GREATER),
            Map.entry(">=", Expression.Sign.AT_LEAST),
            Map.entry("ge", Expression.Sign.AT_LEAST),
            Map.entry("geq", Expression.Sign.AT_LEAST),
            Map.entry("geqslant", Expression.Sign.AT_LEAST),
            Map.entry("!=", Expression.Sign.NOT_EQUAL),
            Map.entry("ne", Expression.Sign.NOT_EQUAL),
            Map.entry("neq", Expression.Sign.NOT_EQUAL),
            Map.entry("approx", Expression.Sign.ABOUT),
            Map.entry("simeq", Expression.Sign.ABOUT),
            Map.entry("sim", Expression.Sign.ABOUT),
            Map.entry("doteq", Expression.Sign.ABOUT),
            Map.entry("in", Expression.Sign.IN));

    /// Short words that are no products of letters behind a number.
    static final Set<String> UNITS = Set.of(
            "cm", "mm", "km", "dm", "kg", "mg", "ml", "ft", "mi", "yd", "lb", "lbs", "oz", "hr", "hrs", "min", "mins",
            "sec", "secs", "mph", "kph", "deg", "rad", "in", "usd", "day", "days", "year", "am", "pm", "th", "st", "nd",
            "rd", "sq", "cu", "ms", "hz", "kw", "kj", "mol", "gal", "cups", "cup", "men", "boys", "way", "ways", "pts",
            "eur", "gbp", "pcs", "m", "bits", "bit", "cc", "cents", "cent");

    /// Words of three letters or less that are words wherever they stand.
    static final Set<String> SHORT_WORDS = Set.of(
            "yes", "no", "not", "the", "of", "is", "odd", "all", "none", "any", "day", "mon", "tue", "wed", "thu",
            "fri", "sat", "sun", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "red",
            "for", "if", "to", "are", "has", "its", "it", "we", "so", "as", "be", "by", "on", "at", "an", "mph", "mod",
            "per", "bob", "ann", "tom", "joe", "amy", "one", "two", "six", "ten", "dne");

    static final Set<String> PERCENT_WORDS = Set.of("percent", "pct", "percentage", "percents", "per cent");
    static final Set<String> DEGREE_WORDS = Set.of("degree", "degrees", "deg", "circ");
    static final Set<String> SEPARATOR_WORDS = Set.of("and", "or", ", and", "and/or", ", or", "or,", "and,");
    static final Set<String> HEDGES =
            Set.of("about", "approximately", "approx", "exactly", "around", "roughly", "nearly", "the", "only", "just");

    private Vocabulary() {}
}
