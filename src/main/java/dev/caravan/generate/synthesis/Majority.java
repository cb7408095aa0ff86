package dev.caravan.generate.synthesis;

import dev.caravan.data.Verdict;
import dev.caravan.verify.Compat;
import dev.caravan.verify.MathVerifier;
import java.util.ArrayList;
import java.util.List;

/// The mathematical answer that most responses agree on; of equally many the one that came first.
///
/// @param answer as the first of them writes it
/// @param first the index of the first of them
/// @param votes how many there are
record Majority(String answer, int first, int votes) {
    private static final MathVerifier EQUALITY = new MathVerifier(Compat.CURRENT, true, false);

    /// @param answers at least one
    static Majority of(List<String> answers) {
        var groups = new ArrayList<Majority>();
        for (int i = 0; i < answers.size(); i++) {
            add(groups, answers.get(i), i);
        }
        return groups.stream()
                .reduce((best, next) -> next.votes() > best.votes() ? next : best)
                .orElseThrow();
    }

    private static void add(List<Majority> groups, String answer, int index) {
        for (int i = 0; i < groups.size(); i++) {
            Majority group = groups.get(i);
            if (equal(answer, group.answer())) {
                groups.set(i, new Majority(group.answer(), group.first(), group.votes() + 1));
                return;
            }
        }
        groups.add(new Majority(answer, index, 1));
    }

    private static boolean equal(String one, String other) {
        return one.equals(other) || EQUALITY.verify(one, other) instanceof Verdict.Scored scored && scored.correct();
    }
}
