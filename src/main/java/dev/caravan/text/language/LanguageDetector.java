package dev.caravan.text.language;

import dev.caravan.text.language.LanguageProfiles.Likelihood;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/// The language of a text by Shuyo Nakatani's naive Bayes over grams of letters, as Python's `langdetect` has it:
/// seven trials of grams drawn at random, each until one language is certain. The draws are seeded, so that a text
/// has one language; where Python's are not, it may have several.
public final class LanguageDetector {
    private static final LanguageDetector INSTANCE = new LanguageDetector(LanguageProfiles.load());
    private static final int TRIALS = 7;
    private static final int MOST_DRAWS = 1_000;
    private static final int DRAWS_BETWEEN_CHECKS = 5;
    private static final double CERTAIN = 0.99999;
    private static final double LEAST_PROBABILITY = 0.1;
    private static final double SMOOTHING = 0.5;
    private static final double SMOOTHING_DEVIATION = 0.05;
    private static final double BASE_FREQUENCY = 10_000;
    private static final long SEED = 0;

    private final LanguageProfiles profiles;

    private LanguageDetector(LanguageProfiles profiles) {
        this.profiles = profiles;
    }

    public static LanguageDetector instance() {
        return INSTANCE;
    }

    /// The codes of all languages that are told apart.
    public static List<String> languages() {
        return LanguageProfiles.LANGUAGES;
    }

    LanguageProfiles profiles() {
        return profiles;
    }

    /// The code of the language, `unknown` when none is likely, empty when the text has no gram that a language knows.
    public Optional<String> detect(String text) {
        List<List<Likelihood>> features = LetterGrams.of(text).stream()
                .map(profiles.grams()::get)
                .filter(Objects::nonNull)
                .toList();
        return features.isEmpty() ? Optional.empty() : Optional.of(likeliest(features));
    }

    private String likeliest(List<List<Likelihood>> features) {
        var sums = new double[profiles.languages().size()];
        var random = new Random(SEED);
        for (int trial = 0; trial < TRIALS; trial++) {
            double[] probabilities = trial(features, random);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += probabilities[i] / TRIALS;
            }
        }
        int best = indexOfLargest(sums);
        return sums[best] > LEAST_PROBABILITY ? profiles.languages().get(best) : "unknown";
    }

    private double[] trial(List<List<Likelihood>> features, Random random) {
        var probabilities = new double[profiles.languages().size()];
        Arrays.fill(probabilities, 1.0 / probabilities.length);
        double weight = (SMOOTHING + random.nextGaussian() * SMOOTHING_DEVIATION) / BASE_FREQUENCY;
        for (int draw = 0; draw <= MOST_DRAWS; draw++) {
            update(probabilities, features.get(random.nextInt(features.size())), weight);
            if (draw % DRAWS_BETWEEN_CHECKS == 0) {
                normalize(probabilities);
                if (probabilities[indexOfLargest(probabilities)] > CERTAIN) {
                    break;
                }
            }
        }
        return probabilities;
    }

    private static void update(double[] probabilities, List<Likelihood> feature, double weight) {
        for (Likelihood likelihood : feature) {
            probabilities[likelihood.language()] *= 1 + likelihood.value() / weight;
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] *= weight;
        }
    }

    private static void normalize(double[] probabilities) {
        double sum = Arrays.stream(probabilities).sum();
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= sum;
        }
    }

    private static int indexOfLargest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
