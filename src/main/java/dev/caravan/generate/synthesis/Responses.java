package dev.caravan.generate.synthesis;

import dev.caravan.curate.Filter;
import dev.caravan.curate.RefusalFilter;
import dev.caravan.curate.RepeatedLinesFilter;
import dev.caravan.curate.SelfIdentificationFilter;
import dev.caravan.data.Check;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import dev.caravan.data.Verdict;
import dev.caravan.generate.Answer;
import dev.caravan.verify.Verifiers;
import dev.caravan.verify.instructions.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Chooses one of the responses to a prompt, or says why none is good enough.
///
/// @param agreement share of all responses that must agree on a mathematical answer
/// @param verified whether a response must follow the constraints of its prompt
record Responses(Kind kind, double agreement, boolean verified) {
    private static final List<Filter> FILTERS =
            List.of(new SelfIdentificationFilter(), new RefusalFilter(List.of()), new RepeatedLinesFilter(10));

    private record Candidate(String text, String finalAnswer) {}

    Outcome choose(Draft draft, String prompt, List<Answer> answers) {
        var candidates = new ArrayList<Candidate>();
        var objections = new ArrayList<Outcome>();
        for (Answer answer : answers) {
            String text = Objection.text(answer).strip();
            Optional<Objection> objection = objection(draft, prompt, answer, text);
            objection.ifPresentOrElse(
                    why -> objections.add(rejected(draft, why, prompt, text)),
                    () -> candidates.add(
                            new Candidate(text, kind.finalAnswer().in(text).orElse(text))));
        }
        if (candidates.isEmpty()) return objections.getFirst();
        return kind.finalAnswer().isMathematical()
                ? byMajority(draft, prompt, candidates, answers.size())
                : made(draft, prompt, candidates.getFirst());
    }

    private Outcome byMajority(Draft draft, String prompt, List<Candidate> candidates, int asked) {
        Majority majority =
                Majority.of(candidates.stream().map(Candidate::finalAnswer).toList());
        Candidate first = candidates.get(majority.first());
        if (majority.votes() >= agreement * asked) return made(draft, prompt, first);
        String reason = "'%s' has most votes, %d of %d".formatted(majority.answer(), majority.votes(), asked);
        return rejected(draft, new Objection("no-majority", reason), prompt, first.text());
    }

    private Optional<Objection> objection(Draft draft, String prompt, Answer answer, String text) {
        return Objection.to(answer)
                .or(() -> filtered(conversation(draft, prompt, text)))
                .or(() -> unfinished(text))
                .or(() -> unfaithful(draft, prompt, text));
    }

    private static Optional<Objection> filtered(Conversation conversation) {
        return FILTERS.stream()
                .flatMap(filter ->
                        filter.objection(conversation).stream().map(reason -> new Objection(filter.name(), reason)))
                .findFirst();
    }

    private Optional<Objection> unfinished(String text) {
        if (kind.finalAnswer().in(text).isPresent()) return Optional.empty();
        return kind == Kind.PYTHON
                ? Objection.of("no-function", "the response defines no function")
                : Objection.of("no-final-answer", "the response does not end with its answer in the form asked for");
    }

    private Optional<Objection> unfaithful(Draft draft, String prompt, String text) {
        if (!verified || draft.constraints().isEmpty()) return Optional.empty();
        Verdict verdict = follows(draft.constraints(), prompt, text);
        boolean follows = verdict instanceof Verdict.Scored scored && scored.correct();
        return follows ? Optional.empty() : Objection.of("constraints-missed", "the response " + verdict.because());
    }

    static Verdict follows(List<Constraint> constraints, String prompt, String response) {
        return Verifiers.named("ifeval").verify(response, Constraint.expected(constraints, prompt));
    }

    private Outcome made(Draft draft, String prompt, Candidate chosen) {
        Optional<Check> check = kind.finalAnswer()
                .verifier()
                .map(verifier -> new Check(
                        verifier,
                        draft.constraints().isEmpty()
                                ? chosen.finalAnswer()
                                : Constraint.expected(draft.constraints(), prompt)));
        Conversation conversation = conversation(draft, prompt, chosen.text());
        return new Outcome.Made(
                draft,
                conversation,
                new Prompt(
                        draft.id(),
                        conversation.source(),
                        List.of(Message.user(prompt)),
                        check,
                        Optional.empty(),
                        Optional.of(kind.skill()),
                        Optional.empty()));
    }

    private Conversation conversation(Draft draft, String prompt, String response) {
        return new Conversation(
                draft.id(),
                "synthetic-" + kind.word(),
                List.of(Message.user(prompt), Message.assistant(response)),
                Optional.empty(),
                Optional.of(kind.skill()),
                Optional.empty());
    }

    static Outcome rejected(Draft draft, Objection why, String prompt, String response) {
        return new Outcome.Rejected(draft, why.filter(), why.reason(), some(prompt), some(response));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(any -> !any.isBlank());
    }
}
