package dev.caravan.verify.instructions;

import dev.caravan.io.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// An instruction of IFEval with arguments, and the sentence that asks for it: what a prompt demands and what the
/// verifier `ifeval` checks come from one table.
///
/// @param id as IFEval names it, such as `keywords:existence`
/// @param arguments by IFEval's names
/// @param sentence that tells a reader all that the checker looks for
/// @param traces texts that a prompt with this demand must hold, whatever its wording: the words, and the numbers as
///     digits or spelt out, one of each list
public record Constraint(String id, ObjectNode arguments, String sentence, List<List<String>> traces) {
    public Constraint {
        traces = traces.stream().map(List::copyOf).toList();
    }

    /// Different instructions that one response can follow together.
    ///
    /// @param count from 1 to 3
    public static List<Constraint> draw(int count, RandomGenerator random) {
        if (count < 1 || count > 3) throw new IllegalArgumentException("count must lie between 1 and 3, got " + count);
        var drawn = new ArrayList<IfEvalInstruction>();
        Set<IfEvalInstruction> left = EnumSet.allOf(IfEvalInstruction.class);
        while (drawn.size() < count) {
            IfEvalInstruction next = List.copyOf(left).get(random.nextInt(left.size()));
            drawn.add(next);
            left.removeIf(other -> ConstraintConflicts.exclude(next, other));
        }
        var wording = new ConstraintWording(random);
        return drawn.stream().map(wording::of).toList();
    }

    /// One instruction of each kind, in IFEval's order.
    public static List<Constraint> ofEachKind(RandomGenerator random) {
        var wording = new ConstraintWording(random);
        return Arrays.stream(IfEvalInstruction.values()).map(wording::of).toList();
    }

    /// What the verifier `ifeval` expects of a response to a prompt.
    public static String expected(List<Constraint> constraints, String prompt) {
        var expected = new LinkedHashMap<String, Object>();
        expected.put(
                "instruction_id_list", constraints.stream().map(Constraint::id).toList());
        expected.put(
                "kwargs",
                constraints.stream().map(one -> one.argumentsFor(prompt)).toList());
        expected.put("prompt", prompt);
        return Json.write(expected);
    }

    /// The trace that a prompt lacks, in words; empty when it has them all.
    public String missingIn(String prompt) {
        String lower = prompt.toLowerCase(Locale.ROOT);
        return traces.stream()
                .filter(spellings ->
                        spellings.stream().noneMatch(spelling -> lower.contains(spelling.toLowerCase(Locale.ROOT))))
                .map(List::getFirst)
                .findFirst()
                .orElse("");
    }

    /// Its arguments; a response that repeats its prompt needs the prompt, which is known last.
    private ObjectNode argumentsFor(String prompt) {
        ObjectNode known = arguments.deepCopy();
        if (id.equals(IfEvalInstruction.REPEAT_PROMPT.id())) known.put("prompt_to_repeat", prompt);
        return known;
    }
}
