package dev.caravan.generate.synthesis;

import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Question;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Template;
import dev.caravan.generate.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Rows written by a model for personas ([section 2.2.2](https://arxiv.org/abs/2411.15124)): one persona, one prompt,
/// and one response of several. A row depends on the seed, its number and its persona, not on the rows around it, but
/// for repetitions of earlier ones.
///
/// @param rows that are tried; some are rejected
/// @param votes responses to each prompt
/// @param agreement share of the votes that must agree on a mathematical answer
/// @param relax whether prompts with two constraints or more also make preference pairs
/// @param verified whether responses to constraints are checked, and rejected where they fail
public record Synthesis(
        Kind kind,
        int rows,
        Sampling sampling,
        int votes,
        double agreement,
        boolean relax,
        boolean verified,
        PromptFiles prompts,
        Personas personas,
        long seed) {
    private static final int ROWS_AT_A_TIME = 512;

    public Synthesis {
        check(rows >= 1, "rows must be at least 1, got " + rows);
        check(votes >= 1, "votes must be at least 1, got " + votes);
        check(agreement >= 0 && agreement <= 1, "agreement must lie between 0 and 1, got " + agreement);
        check(!relax || kind == Kind.INSTRUCTIONS, "relax needs the kind instructions");
    }

    private static void check(boolean holds, String rule) {
        if (!holds) throw new IllegalArgumentException(rule);
    }

    /// Makes the rows and hands them over in their order.
    public SynthesisReport write(ChatModel model, SynthesisFiles files, Watch watch) {
        var report = new SynthesisReport(kind.word());
        var written = new WrittenPrompts(kind.tag());
        List<String> examples = prompts.examples();
        for (int from = 0; from < rows; from += ROWS_AT_A_TIME) {
            List<Draft> drafts = IntStream.range(from, Math.min(rows, from + ROWS_AT_A_TIME))
                    .mapToObj(row -> Draft.of(kind, row, personas.of(row), examples, seed))
                    .toList();
            if (rows > ROWS_AT_A_TIME) {
                watch.progress().say("rows %d to %d of %d".formatted(from + 1, from + drafts.size(), rows));
            }
            write(drafts, written, model, files, report, watch);
        }
        report.made(model.name(), model.numbers());
        return report;
    }

    private void write(
            List<Draft> drafts,
            WrittenPrompts written,
            ChatModel model,
            SynthesisFiles files,
            SynthesisReport report,
            Watch watch) {
        List<Outcome> outcomes = outcomes(drafts, written, model, watch);
        var made = new ArrayList<Outcome.Made>();
        for (Outcome outcome : outcomes) {
            report.add(outcome);
            files.add(outcome);
            if (outcome instanceof Outcome.Made row) made.add(row);
        }
        if (!relax) return;
        for (Relaxation.Result result : new Relaxation(prompts, sampling, verified, seed).pairs(made, model, watch)) {
            report.add(result);
            if (result instanceof Relaxation.Result.Paired(var pair)) files.add(pair);
        }
    }

    private List<Outcome> outcomes(List<Draft> drafts, WrittenPrompts written, ChatModel model, Watch watch) {
        Template ask = prompts.prompt(kind);
        List<Answer> texts = model.firstAnswers(
                drafts.stream()
                        .map(draft -> prompts.question(draft.id() + "/prompt", ask.filled(draft.values()), 1))
                        .toList(),
                sampling,
                seed,
                watch);
        var outcomes = new ArrayList<Outcome>();
        var asked = new ArrayList<Integer>();
        var questions = new ArrayList<Question>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            String text = Objection.text(texts.get(i));
            var objection = written.objection(texts.get(i), draft.constraints());
            outcomes.add(Responses.rejected(
                    draft, objection.orElse(new Objection("failed", "not asked for an answer")), text, ""));
            if (objection.isEmpty()) {
                asked.add(i);
                questions.add(answering(draft, prompt(text)));
            }
        }
        List<List<Answer>> answers = model.answers(questions, sampling, seed, watch);
        var responses = new Responses(kind, votes == 1 ? 0 : agreement, verified);
        for (int i = 0; i < asked.size(); i++) {
            int at = asked.get(i);
            outcomes.set(at, responses.choose(drafts.get(at), prompt(Objection.text(texts.get(at))), answers.get(i)));
        }
        return outcomes;
    }

    private String prompt(String text) {
        return WrittenPrompts.behind(kind.tag(), text).orElseThrow();
    }

    private Question answering(Draft draft, String prompt) {
        String ask = prompts.answer(kind).filled(Map.of("problem", prompt));
        return prompts.question(draft.id() + "/answer", ask, votes);
    }
}
