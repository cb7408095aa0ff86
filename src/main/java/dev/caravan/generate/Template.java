package dev.caravan.generate;

import dev.caravan.RecipeException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with names in braces, such as `{persona}`, that are filled in. Other braces stand for themselves, and what
/// is filled in is not looked at again.
public record Template(String text) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)\\}");

    /// @param file for messages
    /// @throws RecipeException when one of the needed names is not in the text
    public static Template of(String file, String text, Set<String> needed) {
        var missing = new TreeSet<>(needed);
        NAME.matcher(text).results().forEach(match -> missing.remove(match.group(1)));
        if (missing.isEmpty()) return new Template(text.strip());
        throw new RecipeException("%s lacks {%s}; a prompt file needs %s"
                .formatted(
                        file,
                        missing.first(),
                        new TreeSet<>(needed)
                                .stream().map(name -> "{" + name + "}").toList()));
    }

    public String filled(Map<String, String> values) {
        return NAME.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), match.group())));
    }
}
