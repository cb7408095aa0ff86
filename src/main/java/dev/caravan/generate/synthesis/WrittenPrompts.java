package dev.caravan.generate.synthesis;

import dev.caravan.generate.Answer;
import dev.caravan.io.Sha256;
import dev.caravan.verify.instructions.Constraint;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads prompts out of what a model wrote, and objects to those of no use. Remembers them, to find repetitions.
final class WrittenPrompts {
    private static final List<String> SOLUTIONS =
            List.of("final answer is", "\\boxed", "####", "\nsolution:", "\nanswer:", "\n**solution", "\n**answer");

    private final String tag;
    private final Set<String> seen = new HashSet<>();

    WrittenPrompts(String tag) {
        this.tag = tag;
    }

    /// What stands behind the tag; nothing where the text does not begin with it.
    static Optional<String> behind(String tag, String text) {
        String bare = withoutMarks(text);
        if (!bare.regionMatches(true, 0, tag, 0, tag.length())) return Optional.empty();
        return Optional.of(withoutMarks(bare.substring(tag.length())).strip());
    }

    /// Without white space, asterisks and hashes of Markdown at its start.
    private static String withoutMarks(String text) {
        int start = 0;
        while (start < text.length()
                && (Character.isWhitespace(text.charAt(start)) || "*#".indexOf(text.charAt(start)) >= 0)) {
            start++;
        }
        return text.substring(start);
    }

    /// Why the text of an answer cannot be used as a prompt. Each prompt may be asked about once.
    Optional<Objection> objection(Answer answer, List<Constraint> constraints) {
        Optional<Objection> general = Objection.to(answer);
        if (general.isPresent()) return general;
        Optional<String> prompt = behind(tag, Objection.text(answer));
        if (prompt.isEmpty()) return Objection.of("no-tag", "the text does not begin with '" + tag + "'");
        return objection(prompt.get(), constraints);
    }

    private Optional<Objection> objection(String prompt, List<Constraint> constraints) {
        if (prompt.isEmpty()) return Objection.of("empty", "nothing stands behind '" + tag + "'");
        String lower = prompt.toLowerCase(Locale.ROOT);
        Optional<String> solution = SOLUTIONS.stream().filter(lower::contains).findFirst();
        if (solution.isPresent() && constraints.isEmpty()) {
            return Objection.of(
                    "solution-in-prompt", "the prompt holds '" + solution.get().strip() + "'");
        }
        for (Constraint constraint : constraints) {
            String missing = constraint.missingIn(prompt);
            if (!missing.isEmpty()) {
                return Objection.of(
                        "constraint-lost", "of '%s' the prompt lacks '%s'".formatted(constraint.sentence(), missing));
            }
        }
        return seen.add(Sha256.of(lower.replaceAll("\\s+", " ")))
                ? Optional.empty()
                : Objection.of("duplicate", "an earlier row has the same prompt");
    }
}
