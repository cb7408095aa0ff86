package dev.caravan.verify.instructions;

import dev.caravan.DataException;
import dev.caravan.data.Verdict;
import dev.caravan.io.Json;
import dev.caravan.verify.Judgement;
import dev.caravan.verify.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Whether a response follows all instructions of its prompt. Expected is
/// `{"instruction_id_list": […], "kwargs": [{}…]}` with the arguments of each instruction in its place; the rest of
/// such a row, the prompt among it, is not read.
///
/// The verdict is the strict one. The judgement tells `strict` and `loose`, a truth value for each instruction:
/// strictly the response itself must follow it, loosely one of the eight texts that are left when its first line, its
/// last line and its asterisks may each be taken away. White space alone follows nothing.
public record InstructionVerifier(Instructions known) implements Verifier {
    static final int LONGEST = 1_000_000;

    /// Which instructions there are.
    public enum Instructions {
        /// The 25 of IFEval.
        IFEVAL,
        /// Those of IFBench, all but the one that needs a tagger of parts of speech.
        IFBENCH
    }

    @Override
    public Verdict verify(String completion, String expected) {
        return judge(completion, expected).verdict();
    }

    @Override
    public Judgement judge(String completion, String expected) {
        if (completion.length() > LONGEST) {
            return failed("the completion has %d characters, more than the %d that are read"
                    .formatted(completion.length(), LONGEST));
        }
        try {
            return judge(completion, Json.tree(expected));
        } catch (DataException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private Judgement judge(String completion, JsonNode expected) {
        List<Arguments> asked = asked(expected);
        List<Instruction> instructions = asked.stream().map(this::instruction).toList();
        List<String> variants = variants(completion);
        List<Boolean> strict = instructions.stream()
                .map(instruction -> instruction.isFollowedBy(completion))
                .toList();
        List<Boolean> loose = new ArrayList<>();
        for (int i = 0; i < strict.size(); i++) {
            loose.add(strict.get(i) || variants.stream().anyMatch(instructions.get(i)::isFollowedBy));
        }
        var details = new LinkedHashMap<String, Object>();
        details.put("strict", strict);
        details.put("loose", loose);
        return new Judgement(verdict(asked, strict), Optional.empty(), details);
    }

    private static Verdict verdict(List<Arguments> asked, List<Boolean> strict) {
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!strict.get(i)) {
                missed.add(asked.get(i).instruction());
            }
        }
        return missed.isEmpty()
                ? Verdict.correct("follows "
                        + String.join(
                                ", ", asked.stream().map(Arguments::instruction).toList()))
                : Verdict.wrong("does not follow " + String.join(", ", missed));
    }

    /// The texts that are left of a response, each once and without the response itself.
    private static List<String> variants(String response) {
        List<String> lines = PythonText.split(response, "\n");
        int last = lines.size() - 1;
        List<String> cut =
                List.of(response, joined(lines, 1, last + 1), joined(lines, 0, last), joined(lines, 1, last));
        var variants = new LinkedHashSet<String>(cut);
        cut.forEach(variant -> variants.add(variant.replace("*", "")));
        variants.remove(response);
        return List.copyOf(variants);
    }

    private static String joined(List<String> lines, int from, int to) {
        return from < to ? PythonText.strip(String.join("\n", lines.subList(from, to))) : "";
    }

    private Instruction instruction(Arguments given) {
        Optional<Instruction> instruction = switch (known) {
            case IFEVAL -> KnownInstruction.of(IfEvalInstruction.values(), given);
            case IFBENCH -> KnownInstruction.of(IfBenchInstruction.values(), given);
        };
        Instruction found = instruction.orElseThrow(
                () -> new DataException("there is no instruction '" + given.instruction() + "'"));
        return response -> !PythonText.isBlank(response) && found.isFollowedBy(response);
    }

    private static List<Arguments> asked(JsonNode expected) {
        JsonNode ids = expected.path("instruction_id_list");
        JsonNode kwargs = expected.path("kwargs");
        if (!ids.isArray()
                || ids.isEmpty()
                || !ids.valueStream().allMatch(JsonNode::isString)
                || !kwargs.isArray()
                || kwargs.size() != ids.size()) {
            throw new DataException("the expected answer needs instruction_id_list, with at least one name, and kwargs,"
                    + " with as many objects");
        }
        var asked = new ArrayList<Arguments>();
        for (int i = 0; i < ids.size(); i++) {
            asked.add(new Arguments(ids.get(i).asString(), kwargs.get(i)));
        }
        return asked;
    }

    private static Judgement failed(String because) {
        return new Judgement(new Verdict.Failed(because), Optional.empty(), new LinkedHashMap<>());
    }
}
