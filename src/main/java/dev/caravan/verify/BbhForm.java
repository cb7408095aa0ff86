package dev.caravan.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the answers of a sub-task of BIG-Bench Hard look like.
enum BbhForm {
    CHOICE("\\([A-Z]\\)"),
    YES_NO("\\b(?:[Yy]es|[Nn]o)\\b"),
    TRUE_FALSE("\\b(?:[Tt]rue|[Ff]alse)\\b"),
    VALID_INVALID("\\b(?:[Vv]alid|[Ii]nvalid)\\b"),
    INTEGER("-?[0-9]++"),
    BRACKETS("[\\])}>](?: *+[\\])}>])*+"),
    WORDS("[a-z][a-z'&, -]*+");

    private final Pattern pattern;
    private final Pattern inAnyCase;

    BbhForm(String expression) {
        pattern = Pattern.compile(expression);
        inAnyCase = Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }

    static Optional<BbhForm> named(String spelling) {
        return Arrays.stream(values())
                .filter(form -> form.spelling().equals(spelling))
                .findFirst();
    }

    static List<String> spellings() {
        return Arrays.stream(values()).map(BbhForm::spelling).toList();
    }

    Pattern pattern() {
        return pattern;
    }

    Pattern inAnyCase() {
        return inAnyCase;
    }

    private String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
