package dev.caravan.judge;

import dev.caravan.io.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Ratings in the form that judges are asked for: a line `Text N` or `Criterion N`, a line `Rating: R`, and a line with
/// the reason, for each in turn. Read strictly: a block too few, one too many, one out of turn, or a rating off the
/// scale, and nothing is believed.
///
/// @param noun what a block is about
/// @param count blocks
/// @param mayNotApply whether `N/A` is a rating
record RatingBlocks(String noun, int count, int least, int most, boolean mayNotApply) {
    private static final Pattern RATING =
            Pattern.compile("rating *: *(\\d{1,3}|n/a) *(?:/ *5 *)?\\.?", Pattern.CASE_INSENSITIVE);

    /// What a judge's reply comes to.
    sealed interface Read {
        /// A rating for each block; empty where it does not apply.
        record Ratings(List<OptionalInt> values) implements Read {}

        record Nonsense(String because) implements Read {}
    }

    /// How a judge is asked to reply.
    String form() {
        return "Reply with %d block%s and nothing else, in this order and form:\n\n"
                        .formatted(count, count == 1 ? "" : "s")
                + "%s 1\nRating: [%d to %d%s]\nRationale: [one or two sentences]"
                        .formatted(noun, least, most, mayNotApply ? ", or N/A" : "")
                + (count == 1 ? "" : "\n\nand so on to %s %d.".formatted(noun, count));
    }

    /// The texts between marks that no text can hold, since they are made of the hash of all.
    static String marked(List<String> texts) {
        String mark = Sha256.of(String.join("\u0000", texts)).substring(0, 8);
        var all = new StringBuilder();
        for (int i = 1; i <= texts.size(); i++) {
            all.append("[Text %d begins %s]\n%s\n[Text %d ends %s]\n\n".formatted(i, mark, texts.get(i - 1), i, mark));
        }
        return all.toString().strip();
    }

    Read read(String reply) {
        var ratings = new ArrayList<OptionalInt>();
        boolean open = false;
        for (String line : reply.lines().map(RatingBlocks::bare).toList()) {
            Optional<Integer> head = head(line);
            Matcher rating = RATING.matcher(line);
            if (head.isPresent()) {
                if (open) return new Read.Nonsense(noun + " " + ratings.size() + " has no rating");
                if (head.get() != ratings.size() + 1) return outOfTurn(head.get(), ratings.size() + 1);
                open = true;
                ratings.add(OptionalInt.empty());
            } else if (rating.matches()) {
                if (!open) return new Read.Nonsense("a rating stands outside its block");
                Optional<OptionalInt> value = value(rating.group(1));
                if (value.isEmpty()) return new Read.Nonsense("'" + rating.group(1) + "' is no rating " + scale());
                ratings.set(ratings.size() - 1, value.get());
                open = false;
            }
        }
        if (open) return new Read.Nonsense(noun + " " + ratings.size() + " has no rating");
        return ratings.size() == count
                ? new Read.Ratings(ratings)
                : new Read.Nonsense("%d of %d ratings were given".formatted(ratings.size(), count));
    }

    private static Read.Nonsense outOfTurn(int found, int wanted) {
        return new Read.Nonsense("block %d stands where %d should".formatted(found, wanted));
    }

    private String scale() {
        return "from %d to %d%s".formatted(least, most, mayNotApply ? ", nor N/A" : "");
    }

    private Optional<OptionalInt> value(String text) {
        if (text.equalsIgnoreCase("n/a")) return mayNotApply ? Optional.of(OptionalInt.empty()) : Optional.empty();
        int value = Integer.parseInt(text);
        return value >= least && value <= most ? Optional.of(OptionalInt.of(value)) : Optional.empty();
    }

    /// The number of a line that begins a block.
    private Optional<Integer> head(String line) {
        if (!line.regionMatches(true, 0, noun + " ", 0, noun.length() + 1)) return Optional.empty();
        String number = line.substring(noun.length() + 1).replace(":", "").strip();
        return number.matches("\\d{1,4}") ? Optional.of(Integer.valueOf(number)) : Optional.empty();
    }

    /// Without the marks of Markdown and brackets.
    private static String bare(String line) {
        return line.replaceAll("[*#`\\[\\]]", "").strip();
    }
}
