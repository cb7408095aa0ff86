package dev.caravan.recipe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A repository of the Hugging Face hub.
///
/// @param name `org/name`
/// @param revision a branch, a tag or a commit
record HubRepository(String name, String revision) {
    private static final Pattern FORM =
            Pattern.compile("(?:hf:)?([A-Za-z0-9][\\w.-]*/[A-Za-z0-9][\\w.-]*)(?:@([\\w./-]+))?");
    private static final Pattern FILE = Pattern.compile(".*\\.(jsonl?|gz|zst|parquet|csv|gguf|ya?ml|txt)");

    static Optional<HubRepository> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || (!text.startsWith("hf:") && FILE.matcher(text).matches())) return Optional.empty();
        return Optional.of(new HubRepository(form.group(1), form.group(2) == null ? "main" : form.group(2)));
    }

    @Override
    public String toString() {
        return name + "@" + revision;
    }
}
