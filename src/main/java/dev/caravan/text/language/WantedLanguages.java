package dev.caravan.text.language;

import dev.caravan.text.language.LanguageProfiles.Likelihood;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Languages that a text may be in, and what speaks against a text's being in any of them.
///
/// Where [LanguageDetector] names a language of every text, as soon as drawn grams make it certain, this weighs all
/// different grams of the text: names, numbers and a few words then prove nothing, however often they are repeated.
public final class WantedLanguages {
    private static final double SMOOTHING = 0.5 / 10_000; // as the detector's, on average
    private static final double LEAST_SHARE = 0.01; // of a language's letters, for a script to be its own
    private static final int FEWEST_LETTERS = 5; // formulas have single Greek letters
    private static final Pattern COMMAND = Pattern.compile("\\\\[A-Za-z]+"); // of LaTeX, which is no language

    private final LanguageProfiles profiles;
    private final Set<Integer> wanted = new HashSet<>();
    private final Set<UnicodeScript> scripts = new HashSet<>();

    /// @param codes some of [LanguageDetector#languages()]
    public WantedLanguages(List<String> codes) {
        this.profiles = LanguageDetector.instance().profiles();
        codes.forEach(code -> wanted.add(profiles.languages().indexOf(code)));
        scripts.addAll(Set.of(UnicodeScript.LATIN, UnicodeScript.COMMON, UnicodeScript.INHERITED));
        profiles.scripts(LEAST_SHARE).forEach((language, used) -> {
            if (wanted.contains(language)) scripts.addAll(used);
        });
    }

    /// A language that is not wanted, and the evidence for it.
    ///
    /// @param evidence natural logarithm of how much likelier it made the text's grams of letters than the
    ///     likeliest of the wanted languages did
    public record Rival(String code, double evidence) {}

    /// The likeliest language, where it is none of the wanted.
    public Optional<Rival> rival(String text) {
        double[] likelihoods = logLikelihoods(text);
        int best = likeliest(IntStream.range(0, likelihoods.length), likelihoods);
        int bestWanted = likeliest(wanted.stream().mapToInt(Integer::intValue), likelihoods);
        double evidence = likelihoods[best] - likelihoods[bestWanted];
        return evidence > 0 ? Optional.of(new Rival(profiles.languages().get(best), evidence)) : Optional.empty();
    }

    /// The script that has most of the letters which no wanted language is written in, where these are more than
    /// half of all, and not just one or two. Latin letters, which names and code have in every language, are none
    /// of them.
    public Optional<UnicodeScript> foreignScript(String text) {
        var foreign = new EnumMap<UnicodeScript, Integer>(UnicodeScript.class);
        int[] letters = text.codePoints().filter(Character::isLetter).toArray();
        int count = 0;
        for (int letter : letters) {
            UnicodeScript script = UnicodeScript.of(letter);
            if (scripts.contains(script)) continue;
            foreign.merge(script, 1, Integer::sum);
            count++;
        }
        return count < FEWEST_LETTERS || 2 * count <= letters.length
                ? Optional.empty()
                : foreign.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    /// Of every language, up to the same constant.
    private double[] logLikelihoods(String text) {
        var sums = new double[profiles.languages().size()];
        for (String gram : new HashSet<>(LetterGrams.of(COMMAND.matcher(text).replaceAll(" ")))) {
            for (Likelihood likelihood : profiles.grams().getOrDefault(gram, List.of())) {
                sums[likelihood.language()] += Math.log1p(likelihood.value() / SMOOTHING);
            }
        }
        return sums;
    }

    private static int likeliest(IntStream languages, double[] likelihoods) {
        return languages
                .reduce((one, other) -> likelihoods[other] > likelihoods[one] ? other : one)
                .orElseThrow();
    }
}
