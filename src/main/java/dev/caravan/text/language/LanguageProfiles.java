package dev.caravan.text.language;

import dev.caravan.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// How likely each gram of letters is in each language, from the profiles that Shuyo Nakatani made of Wikipedia and
/// that the `language-detector` library carries. The languages are the 55 of Python's `langdetect`; that library's
/// Catalan and Welsh are of another make, so these two come from `langdetect` itself (Apache License 2.0).
///
/// @param languages codes, in the order of the indices in `grams`
/// @param grams the likelihoods of a gram in the languages that have it
record LanguageProfiles(List<String> languages, Map<String, List<Likelihood>> grams) {
    /// @param language index of the language
    /// @param value share of the gram among those of its length in the language
    record Likelihood(int language, double value) {}

    static final List<String> LANGUAGES = List.of(
            "af", "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "gu", "he",
            "hi", "hr", "hu", "id", "it", "ja", "kn", "ko", "lt", "lv", "mk", "ml", "mr", "ne", "nl", "no", "pa", "pl",
            "pt", "ro", "ru", "sk", "sl", "so", "sq", "sv", "sw", "ta", "te", "th", "tl", "tr", "uk", "ur", "vi",
            "zh-cn", "zh-tw");

    private static final Set<String> OF_LANGDETECT = Set.of("ca", "cy");

    /// The scripts that languages are written in, by the index of the language.
    ///
    /// @param share of a language's letters that a script must have
    Map<Integer, Set<UnicodeScript>> scripts(double share) {
        var shares = new HashMap<Integer, Map<UnicodeScript, Double>>();
        grams.forEach((gram, likelihoods) -> {
            if (gram.codePointCount(0, gram.length()) > 1) return;
            UnicodeScript script = UnicodeScript.of(gram.codePointAt(0));
            likelihoods.forEach(each -> shares.computeIfAbsent(each.language(), _ -> new TreeMap<>())
                    .merge(script, each.value(), Double::sum));
        });
        var scripts = new HashMap<Integer, Set<UnicodeScript>>();
        shares.forEach((language, byScript) -> {
            byScript.values().removeIf(each -> each < share);
            scripts.put(language, byScript.keySet());
        });
        return scripts;
    }

    static LanguageProfiles load() {
        var grams = new HashMap<String, List<Likelihood>>();
        for (int i = 0; i < LANGUAGES.size(); i++) {
            add(profile(LANGUAGES.get(i)), i, grams);
        }
        return new LanguageProfiles(LANGUAGES, grams);
    }

    private static void add(JsonNode profile, int language, Map<String, List<Likelihood>> grams) {
        JsonNode totals = profile.get("n_words");
        profile.get("freq").forEachEntry((gram, count) -> {
            double total = totals.get(gram.codePointCount(0, gram.length()) - 1).asDouble();
            grams.computeIfAbsent(gram, _ -> new ArrayList<>(2))
                    .add(new Likelihood(language, count.asDouble() / total));
        });
    }

    private static JsonNode profile(String language) {
        String folder = OF_LANGDETECT.contains(language) ? "languages/" : "/languages/";
        String file = language.startsWith("zh-") ? "zh-" + language.substring(3).toUpperCase(Locale.ROOT) : language;
        try (InputStream in = resource(folder + file)) {
            return Json.tree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream resource(String path) {
        InputStream found = LanguageProfiles.class.getResourceAsStream(path);
        if (found == null) {
            throw new IllegalStateException("there is no " + path + " on the class path");
        }
        return found;
    }
}
