package dev.caravan.generate;

import dev.caravan.data.Completion;
import dev.caravan.io.Interrupted;
import dev.caravan.model.CausalLm;
import dev.caravan.text.TokenContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A model on this machine that answers. Its tensors stay on the thread that asks.
public final class LocalModel implements ChatModel {
    private final String name;
    private final CausalLm model;
    private final TokenContract contract;
    private final Generator generator;
    private long promptTokens;
    private long tokens;

    /// @param name as reports have it
    /// @param model is closed with this
    /// @param batch answers written at a time
    public LocalModel(String name, CausalLm model, TokenContract contract, int batch) {
        this.name = name;
        this.model = model;
        this.contract = contract;
        var endTokens = Arrays.stream(contract.endTokenIds()).boxed().collect(Collectors.toSet());
        generator = new Generator(model, endTokens, contract::text, batch);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        model.close();
    }

    @Override
    public SequencedMap<String, Number> numbers() {
        var numbers = new LinkedHashMap<String, Number>();
        numbers.put("prompt_tokens", promptTokens);
        numbers.put("completion_tokens", tokens);
        return numbers;
    }

    @Override
    public List<List<Answer>> answers(List<Question> questions, Sampling sampling, long seed, Watch watch) {
        List<int[]> prompts = questions.stream().map(this::ids).toList();
        int[] fitting = IntStream.range(0, prompts.size())
                .filter(i -> fits(prompts.get(i)))
                .toArray();
        List<Request> requests = Arrays.stream(fitting)
                .mapToObj(i -> new Request(
                        questions.get(i).key(), prompts.get(i), questions.get(i).samples()))
                .toList();
        List<List<Completion>> completions = generator.generate(requests, sampling, seed, listener(requests, watch));
        var answers = new ArrayList<List<Answer>>();
        prompts.forEach(prompt -> answers.add(List.of(tooLong(prompt))));
        for (int i = 0; i < fitting.length; i++) {
            answers.set(fitting[i], written(prompts.get(fitting[i]), completions.get(i)));
        }
        return answers;
    }

    private int[] ids(Question question) {
        return switch (question) {
            case Question.Chat chat -> contract.prompt(chat.messages());
            case Question.Text text -> contract.plainText(text.prompt());
        };
    }

    private boolean fits(int[] prompt) {
        return prompt.length > 0 && prompt.length < model.config().maxPositions();
    }

    private Answer tooLong(int[] prompt) {
        return new Answer.Failed("the prompt has %d tokens; %s takes from 1 to %d"
                .formatted(prompt.length, name, model.config().maxPositions() - 1));
    }

    private List<Answer> written(int[] prompt, List<Completion> completions) {
        promptTokens += prompt.length;
        tokens += completions.stream().mapToLong(one -> one.ids().length).sum();
        return completions.stream()
                .<Answer>map(one -> new Answer.Written(one.text(), one.finish(), prompt.length, one.ids().length))
                .toList();
    }

    private static Generator.Listener listener(List<Request> requests, Watch watch) {
        long all = requests.stream().mapToLong(Request::samples).sum();
        long started = System.nanoTime();
        return (done, tokens) -> {
            var numbers = new LinkedHashMap<String, Double>();
            numbers.put("tokens_per_second", tokens / Math.max(1e-9, (System.nanoTime() - started) / 1e9));
            watch.progress().step(done, all, numbers);
            if (done < all && watch.interrupt().requested()) {
                throw new Interrupted(
                        "stopped at answer %d of %d; run again, and these answers begin anew".formatted(done, all));
            }
        };
    }
}
