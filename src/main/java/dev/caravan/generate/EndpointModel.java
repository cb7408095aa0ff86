package dev.caravan.generate;

import dev.caravan.DataException;
import dev.caravan.RecipeException;
import dev.caravan.generate.EndpointWork.Asked;
import dev.caravan.io.Json;
import dev.caravan.io.Ledger;
import dev.caravan.io.Pause;
import dev.caravan.io.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// An endpoint that answers. Each answer is on the disk, under the SHA-256 of its request, before anybody sees it, and
/// is never asked for again: a killed job repeats no request that came back. Order and results do not depend on the
/// order in which answers arrive.
public final class EndpointModel implements ChatModel {
    private final Endpoint endpoint;
    private final EndpointCalls calls;
    private final Ledger<StoredAnswer> ledger;
    private final Budget budget;
    private final Troubles troubles = new Troubles();
    private final AtomicLong reused = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicBoolean refusesOdds = new AtomicBoolean();
    private final AtomicBoolean weighs = new AtomicBoolean();
    private final String model;

    EndpointModel(Endpoint endpoint, Map<String, String> environment, Store store, Path answers, Pause pause) {
        this.endpoint = endpoint;
        budget = new Budget(endpoint);
        calls = new EndpointCalls(endpoint, endpoint.key(environment), pause, troubles);
        ledger = Ledger.open(store, answers, StoredAnswer.class, StoredAnswer::key, budget::spend);
        try {
            model = endpoint.model().orElseGet(this::onlyModel);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// @param environment the process's variables, for the key
    /// @param answers the file that answers are kept in; its folder is this process's own
    public static EndpointModel open(Endpoint endpoint, Map<String, String> environment, Store store, Path answers) {
        return new EndpointModel(endpoint, environment, store, answers, Pause.sleeping());
    }

    @Override
    public String name() {
        return model;
    }

    @Override
    public void close() {
        calls.close();
        ledger.close();
    }

    @Override
    public List<List<Answer>> answers(
            List<Question> questions, Sampling sampling, long seed, Watch watch, Listener<List<Answer>> listener) {
        List<Asked> asked = questions.stream()
                .map(question -> new Asked(
                        question.samples(),
                        sample -> EndpointRequest.of(endpoint, model, question, sample, sampling, seed)))
                .toList();
        return new EndpointWork(this, asked, seed, watch, listener).done();
    }

    /// Choices follow texts: how a server turns a chat into text it does not tell. A server is asked first how likely
    /// the end of a short text is, so that one that cannot tell is found out before it is asked anything else.
    @Override
    public List<Weights> weigh(List<Choice> choices, Watch watch, Listener<Weights> listener) {
        List<Asked> asked = choices.stream().map(this::asked).toList();
        if (!asked.isEmpty() && !weighs.get()) tryToWeigh(watch);
        return new EndpointWork(this, asked, 0, watch, (i, answers) -> listener.answered(i, Weights.of(answers)))
                .done().stream().map(Weights::of).toList();
    }

    private Asked asked(Choice choice) {
        if (!(choice.question() instanceof Question.Text text)) {
            throw new RecipeException(("%s cannot weigh what follows a chat, since it does not tell how it writes chats"
                            + " as text; weigh what follows a plain text")
                    .formatted(endpoint.base()));
        }
        List<String> continuations = choice.continuations();
        return new Asked(
                continuations.size(),
                i -> EndpointRequest.weighing(endpoint, model, text.prompt(), continuations.get(i)));
    }

    private void tryToWeigh(Watch watch) {
        var text = new Choice(new Question.Text("trial", "One, two, three, four,", 1), List.of(" five"));
        var trial = new EndpointWork(this, List.of(asked(text)), 0, watch, (_, _) -> {});
        if (trial.done().getFirst().getFirst() instanceof Answer.Failed(var because)) {
            throw new RecipeException(("%s does not weigh texts that it is given, which takes echo and logprobs at"
                            + " /completions: %s. Take a server that does, such as vLLM, or a model of this machine")
                    .formatted(endpoint.base(), because));
        }
        weighs.set(true);
    }

    @Override
    public SequencedMap<String, Number> numbers() {
        var numbers = new LinkedHashMap<String, Number>();
        numbers.put("answers", answered.get());
        numbers.put("answers_kept_from_before", reused.get());
        numbers.put("prompt_tokens", budget.promptTokens());
        numbers.put("completion_tokens", budget.tokens());
        if (endpoint.inputPrice() > 0 || endpoint.outputPrice() > 0) numbers.put("cost", budget.money());
        troubles.putInto(numbers);
        return numbers;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Budget budget() {
        return budget;
    }

    /// The answer of an earlier run.
    Optional<Answer.Written> kept(EndpointRequest request) {
        Optional<Answer.Written> kept = ledger.find(request.hash()).map(StoredAnswer::answer);
        if (kept.isPresent()) reused.incrementAndGet();
        return kept;
    }

    /// Asks, and keeps what came back.
    EndpointCalls.Outcome ask(EndpointRequest request, long seed, EndpointCalls.Caller caller)
            throws InterruptedException {
        EndpointCalls.Outcome outcome = answer(request, seed, caller);
        if (outcome instanceof EndpointCalls.Outcome.Answered(var answer)) {
            keep(StoredAnswer.of(request, answer));
            answered.incrementAndGet();
        }
        return outcome;
    }

    /// A server that refuses to tell log-probabilities is asked without them, and from then on at once.
    private EndpointCalls.Outcome answer(EndpointRequest request, long seed, EndpointCalls.Caller caller)
            throws InterruptedException {
        EndpointRequest asked = refusesOdds.get() ? request.withoutOdds() : request;
        EndpointCalls.Outcome outcome = calls.post(asked, seed, caller);
        if (!(outcome instanceof EndpointCalls.Outcome.Refused(var because)) || !asked.asksForOdds()) return outcome;
        EndpointCalls.Outcome plain = calls.post(request.withoutOdds(), seed, caller);
        if (plain instanceof EndpointCalls.Outcome.Answered && !refusesOdds.getAndSet(true)) {
            caller.say("%s answers without log-probabilities only, and is asked for none (with them: %s)"
                    .formatted(endpoint.base(), because));
        }
        return plain;
    }

    void keep(StoredAnswer answer) {
        ledger.add(answer);
        budget.spend(answer);
    }

    private String onlyModel() {
        List<String> models = models();
        if (models.size() == 1) return models.getFirst();
        throw new RecipeException("%s lists %s; name the model that is to answer"
                .formatted(endpoint.base() + "/models", models.isEmpty() ? "no model" : "the models " + models));
    }

    private List<String> models() {
        try {
            return Json.tree(calls.get("/models"))
                    .path("data")
                    .valueStream()
                    .map(entry -> entry.path("id").asString(""))
                    .filter(id -> !id.isEmpty())
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("asking " + endpoint.base() + " for its models was interrupted", e);
        }
    }
}
