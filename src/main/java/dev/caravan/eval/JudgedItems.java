package dev.caravan.eval;

import dev.caravan.data.Message;
import dev.caravan.data.Verdict;
import dev.caravan.generate.Answer;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.judge.Aspect;
import dev.caravan.judge.Judge;
import dev.caravan.judge.JudgeVerifier;
import dev.caravan.judge.PreferenceJudge;
import dev.caravan.judge.RefusalClassifier;
import dev.caravan.judge.RefusalJudge;
import dev.caravan.judge.SimilarityJudge;
import dev.caravan.verify.Judgement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The judgements of written answers by a model, for tasks that a judge decides: preferences, ratings, and
/// refusals in place of the verifier that goes by words.
record JudgedItems(Judging judge, long seed, Watch watch) {
    private static final int MAX_TOKENS = 1024; // of a reply with ratings and their reasons

    /// An answer of an item.
    private record Asked(EvalItem item, int number, String text) {
        String key() {
            return item.hash() + "/" + number;
        }
    }

    /// The judgements of each item's answers. An answer that is missing is judged by nobody.
    List<List<Judgement>> of(List<EvalItem> items, List<Response.Written> written) {
        var asked = new ArrayList<Asked>();
        for (int i = 0; i < items.size(); i++) {
            List<Answer> answers = written.get(i).answers();
            for (int j = 0; j < answers.size(); j++) {
                if (answers.get(j) instanceof Answer.Written answer)
                    asked.add(new Asked(items.get(i), j, answer.text()));
            }
        }
        Iterator<Judgement> judged = judgements(asked).iterator(); // in the order of the answers that there are
        return written.stream()
                .map(item -> item.answers().stream()
                        .map(answer -> answer instanceof Answer.Failed(var because) ? missing(because) : judged.next())
                        .toList())
                .toList();
    }

    static Judgement missing(String because) {
        return new Judgement(
                new Verdict.Failed("there is no answer: " + because), Optional.empty(), new LinkedHashMap<>());
    }

    private List<Judgement> judgements(List<Asked> asked) {
        if (asked.isEmpty()) return List.of();
        return switch (asked.getFirst().item().target()) {
            case Target.Compared _ -> preferences(asked);
            case Target.Checked(var check) ->
                JudgeVerifier.Kind.named(check.verifier())
                        .map(kind -> ratings(asked, kind))
                        .orElseGet(() -> refusals(asked));
            case Target.Choices _ -> throw new IllegalStateException("choices are not written");
        };
    }

    private List<Judgement> ratings(List<Asked> asked, JudgeVerifier.Kind kind) {
        var rating = new Judge(judge.model(), Aspect.all(), judge.prompts(), Sampling.greedy(MAX_TOKENS), seed);
        return new JudgeVerifier(rating, kind)
                .judge(asked.stream().map(JudgedItems::rated).toList(), watch);
    }

    private static JudgeVerifier.Given rated(Asked asked) {
        List<Message> messages = switch (asked.item().prompt()) {
            case EvalPrompt.Chat chat -> chat.messages();
            case EvalPrompt.Plain plain -> List.of(Message.user(plain.text()));
        };
        return new JudgeVerifier.Given(asked.text(), expected(asked.item()), messages);
    }

    private static String expected(EvalItem item) {
        return ((Target.Checked) item.target()).check().expected();
    }

    private List<Judgement> preferences(List<Asked> asked) {
        List<Optional<Judgement>> near = asked.stream().map(this::bySimilarity).toList();
        List<PreferenceJudge.Pair> open = IntStream.range(0, asked.size())
                .filter(i -> near.get(i).isEmpty())
                .mapToObj(i -> pair(asked.get(i)))
                .toList();
        Iterator<Judgement> judged = new PreferenceJudge(judge.model(), judge.prompts(), seed)
                .judge(open, watch)
                .iterator(); // in the order of those that are open
        return near.stream().map(one -> one.orElseGet(judged::next)).toList();
    }

    /// Empty where the judge has to decide.
    private Optional<Judgement> bySimilarity(Asked asked) {
        var compared = (Target.Compared) asked.item().target();
        if (!compared.bySimilarity()) return Optional.empty();
        return judge.embedder()
                .flatMap(embedder -> compared.reference()
                        .map(reference ->
                                new SimilarityJudge(embedder).judge(reference, compared.baseline(), asked.text())));
    }

    private static PreferenceJudge.Pair pair(Asked asked) {
        var compared = (Target.Compared) asked.item().target();
        return new PreferenceJudge.Pair(
                asked.key(), compared.instruction(), compared.baseline(), asked.text(), compared.reference());
    }

    private List<Judgement> refusals(List<Asked> asked) {
        List<RefusalJudge.Given> given = asked.stream().map(JudgedItems::given).toList();
        return judge.labels()
                .map(labels -> new RefusalClassifier(judge.model(), labels, judge.prompts(), seed).judge(given, watch))
                .orElseGet(() -> new RefusalJudge(judge.model(), judge.prompts(), seed).judge(given, watch));
    }

    private static RefusalJudge.Given given(Asked asked) {
        boolean refusalIsRight = expected(asked.item()).equals("refuse");
        return new RefusalJudge.Given(asked.key(), request(asked.item()), asked.text(), refusalIsRight);
    }

    private static String request(EvalItem item) {
        return switch (item.prompt()) {
            case EvalPrompt.Chat chat -> chat.messages().getLast().content();
            case EvalPrompt.Plain plain -> plain.text();
        };
    }
}
