package dev.caravan.generate.synthesis;

import dev.caravan.data.KeyedRandom;
import dev.caravan.io.Sha256;
import dev.caravan.verify.instructions.Constraint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// What is known of a row before the model is asked. It depends on the seed, the row's number and its persona alone.
///
/// @param values for the placeholders of the prompt file
/// @param constraints that the prompt is to demand, of instructions only
record Draft(String id, String persona, Map<String, String> values, List<Constraint> constraints) {
    private static final List<String> TOPICS = List.of(
            "polynomials",
            "linear equations",
            "inequalities",
            "quadratic equations",
            "simplifying rational expressions",
            "simplifying radicals");
    private static final int MOST_CONSTRAINTS = 3;

    static Draft of(Kind kind, int row, String persona, List<String> examples, long seed) {
        String id = kind.word() + "-"
                + Sha256.of(seed + "/" + kind.word() + "/" + row + "/" + persona)
                        .substring(0, 16);
        RandomGenerator random = KeyedRandom.of(seed, "synthesis/" + kind.word(), row);
        var values = new LinkedHashMap<String, String>();
        values.put("persona", persona);
        List<Constraint> constraints = List.of();
        switch (kind) {
            case ALGEBRA -> values.put("topic", TOPICS.get(random.nextInt(TOPICS.size())));
            case INSTRUCTIONS -> {
                constraints = Constraint.draw(random.nextInt(1, MOST_CONSTRAINTS + 1), random);
                values.put("constraints", listed(constraints));
                values.put("example", examples.isEmpty() ? "" : examples.get(random.nextInt(examples.size())));
            }
            case HARD_MATHS, GRADE_SCHOOL_MATHS, PYTHON -> {}
        }
        return new Draft(id, persona, values, constraints);
    }

    private static String listed(List<Constraint> constraints) {
        return constraints.stream().map(one -> "- " + one.sentence()).collect(Collectors.joining("\n"));
    }
}
