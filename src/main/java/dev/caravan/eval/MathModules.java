package dev.caravan.eval;

import dev.caravan.data.KeyedRandom;
import dev.caravan.io.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// School mathematics in the 56 modules of [DeepMind's Mathematics Dataset](https://arxiv.org/abs/1904.01557): 39 kinds
/// of questions, 17 of them once more with a number that another sentence defines. Questions and wording are our own,
/// drawn anew from a seed.
final class MathModules {
    static final int QUESTIONS_A_MODULE = 100;
    private static final long SEED = 1;
    private static final String COMPOSED = "_composed";

    /// A question and its answer.
    record Posed(String question, String answer) {
        static Posed of(String question, Object answer) {
            return new Posed(question, answer.toString());
        }
    }

    private static final Map<String, Function<MathQuestion, Posed>> MODULES = modules();

    private MathModules() {}

    static List<String> names() {
        return List.copyOf(MODULES.keySet());
    }

    /// The questions of every module: rows with `module`, `question` and `answer`.
    static List<ObjectNode> rows() {
        var rows = new ArrayList<ObjectNode>();
        for (String module : names()) {
            for (int i = 0; i < QUESTIONS_A_MODULE; i++) {
                Posed posed = posed(module, i);
                rows.add(Json.mapper()
                        .createObjectNode()
                        .put("module", module)
                        .put("question", posed.question())
                        .put("answer", posed.answer()));
            }
        }
        return rows;
    }

    static Posed posed(String module, int number) {
        var question =
                new MathQuestion(KeyedRandom.of(SEED, "mathematics/" + module, number), module.endsWith(COMPOSED));
        Posed posed = java.util.Objects.requireNonNull(MODULES.get(module)).apply(question);
        return new Posed(question.definitions() + posed.question(), posed.answer());
    }

    private static Map<String, Function<MathQuestion, Posed>> modules() {
        var modules = new LinkedHashMap<String, Function<MathQuestion, Posed>>();
        MathAlgebra.addTo(modules);
        MathArithmetic.addTo(modules);
        MathNumbers.addTo(modules);
        MathComparison.addTo(modules);
        for (String name : List.of(
                "algebra__linear_1d",
                "algebra__linear_2d",
                "algebra__polynomial_roots",
                "calculus__differentiate",
                "comparison__closest",
                "comparison__kth_biggest",
                "comparison__pair",
                "comparison__sort",
                "numbers__div_remainder",
                "numbers__gcd",
                "numbers__is_factor",
                "numbers__is_prime",
                "numbers__lcm",
                "numbers__list_prime_factors",
                "numbers__place_value",
                "numbers__round_number",
                "polynomials__evaluate")) {
            modules.put(name + COMPOSED, java.util.Objects.requireNonNull(modules.get(name)));
        }
        return new java.util.TreeMap<>(modules);
    }
}
