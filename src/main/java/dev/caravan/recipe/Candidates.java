package dev.caravan.recipe;

import dev.caravan.data.Conversation;
import dev.caravan.data.FinishReason;
import dev.caravan.data.KeyedRandom;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import dev.caravan.generate.Answer;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Question;
import dev.caravan.generate.Sampling;
import dev.caravan.generate.Watch;
import dev.caravan.io.JsonLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Gathers the answers to prompts that pairs are made of: the policy's, and of some members of a pool, drawn for each
/// prompt anew, one answer each. Writers answer one after the other, so that one model is in memory at a time.
final class Candidates {
    static final String POLICY = "the policy";

    private final StageRun run;
    private final Sampling sampling;
    private final List<Prompt> prompts;
    private final List<List<Candidate>> found;

    /// An answer and who wrote it.
    record Candidate(Answer.Written answer, String writer) {}

    Candidates(StageRun run, Sampling sampling, List<Prompt> prompts) {
        this.run = run;
        this.sampling = sampling;
        this.prompts = List.copyOf(prompts);
        found = prompts.stream().<List<Candidate>>map(_ -> new ArrayList<>()).toList();
    }

    /// The answers to each prompt, in the order of the prompts.
    List<List<Candidate>> found() {
        return found;
    }

    /// Adds answers of the policy to every prompt.
    void addPolicy(Answering policy, int samples) {
        write(policy, POLICY, _ -> samples, "");
    }

    /// Adds one answer each of as many members as are drawn. Members that only have answers take no part where they
    /// have none.
    void addPool(List<PoolMember> pool, int drawn) {
        List<Map<List<Message>, String>> known = IntStream.range(0, pool.size())
                .mapToObj(i -> known(pool.get(i), i))
                .toList();
        List<Set<Integer>> draws =
                prompts.stream().map(prompt -> draw(prompt, known, pool, drawn)).toList();
        for (int i = 0; i < pool.size(); i++) {
            int member = i;
            String name = pool.get(i).name();
            IntUnaryOperator samples = prompt -> draws.get(prompt).contains(member) ? 1 : 0;
            pool.get(i)
                    .answering(key(i))
                    .ifPresentOrElse(
                            writer -> write(writer, name, samples, name + "/"),
                            () -> addKnown(name, known.get(member), samples));
        }
    }

    static String key(int member) {
        return "pool[" + member + "]";
    }

    private Set<Integer> draw(Prompt prompt, List<Map<List<Message>, String>> known, List<PoolMember> pool, int drawn) {
        List<Integer> able = IntStream.range(0, pool.size())
                .filter(i -> pool.get(i).answers().isEmpty() || known.get(i).containsKey(prompt.messages()))
                .boxed()
                .collect(Collectors.toList());
        Collections.shuffle(able, KeyedRandom.of(run.seed(), "pool", prompt.id()));
        return Set.copyOf(able.subList(0, Math.min(drawn, able.size())));
    }

    /// The answers that a member has, by what is asked.
    private Map<List<Message>, String> known(PoolMember member, int number) {
        var known = new HashMap<List<Message>, String>();
        if (member.answers().isEmpty()) return known;
        var asked = prompts.stream().map(Prompt::messages).collect(Collectors.toCollection(HashSet::new));
        Path file = run.input(member.input(key(number)).orElseThrow());
        try (Stream<Conversation> rows = JsonLines.rows(file, Conversation.class)) {
            rows.map(Conversation::messages)
                    .filter(messages -> !messages.isEmpty()
                            && messages.getLast().role().equals(Message.ASSISTANT)
                            && asked.contains(messages.subList(0, messages.size() - 1)))
                    .forEach(messages -> known.putIfAbsent(
                            messages.subList(0, messages.size() - 1),
                            messages.getLast().content()));
        }
        return known;
    }

    private void addKnown(String name, Map<List<Message>, String> known, IntUnaryOperator samples) {
        for (int i = 0; i < prompts.size(); i++) {
            if (samples.applyAsInt(i) == 0) continue;
            String text = Objects.requireNonNull(known.get(prompts.get(i).messages()));
            found.get(i).add(new Candidate(new Answer.Written(text, FinishReason.STOP, 0, 0), name));
        }
    }

    /// @param samples how many answers are wanted to the prompt of a number
    /// @param prefix of the questions' keys, so that writers that are the same model draw differently
    private void write(Answering writer, String name, IntUnaryOperator samples, String prefix) {
        int[] places = IntStream.range(0, prompts.size())
                .filter(i -> samples.applyAsInt(i) > 0)
                .toArray();
        if (places.length == 0) return;
        List<Question> questions = IntStream.of(places)
                .<Question>mapToObj(i -> new Question.Chat(
                        prefix + prompts.get(i).id(), prompts.get(i).messages(), samples.applyAsInt(i)))
                .toList();
        List<List<Answer>> answers;
        try (ChatModel model = writer.open(run)) {
            answers = model.answers(questions, sampling, run.seed(), new Watch(run.progress(), run.interrupt()));
            if (!name.equals(POLICY)) {
                model.numbers().forEach((what, number) -> run.counts().note(name + ": " + what, number.longValue()));
            }
        }
        for (int i = 0; i < places.length; i++) {
            for (Answer answer : answers.get(i)) add(places[i], answer, name);
        }
    }

    private void add(int prompt, Answer answer, String name) {
        switch (answer) {
            case Answer.Written written -> found.get(prompt).add(new Candidate(written, name));
            case Answer.Failed _ -> run.counts().note(name + ": failed answers", 1);
        }
    }
}
