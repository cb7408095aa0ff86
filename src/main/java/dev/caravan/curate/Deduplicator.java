package dev.caravan.curate;

import dev.caravan.data.Conversation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps the first of the conversations that say the same, case and amount of white space aside.
public final class Deduplicator {
    public static final String NAME = "duplicate";
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private Deduplicator() {}

    /// Each rejection says which row it repeats.
    public static Sifted deduplicate(Stream<Conversation> rows) {
        Map<String, String> firstIds = new HashMap<>();
        var kept = new ArrayList<Conversation>();
        var rejected = new ArrayList<Rejection>();
        rows.forEach(row -> {
            String first = firstIds.putIfAbsent(normalised(row), row.id());
            if (first == null) {
                kept.add(row);
            } else {
                rejected.add(new Rejection(row, NAME, "says the same as row " + first));
            }
        });
        return new Sifted(kept, rejected);
    }

    /// Roles and texts in lower case with single spaces, one message a line.
    static String normalised(Conversation conversation) {
        return conversation.messages().stream()
                .map(message -> message.role() + ": " + normalised(message.content()))
                .collect(Collectors.joining("\n"));
    }

    private static String normalised(String text) {
        return WHITE_SPACE
                .matcher(text.toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip();
    }
}
