package dev.caravan.curate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.curate.Policies.Policy;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DecontaminationRunTest {
    private static final List<TestItem> ITEMS = List.of(
            new TestItem("seen", "1", List.of("How many eggs does the hen lay in four weeks of spring?")),
            new TestItem("unseen", "2", List.of("Which of the two rivers is the longer one by some ten miles?")));

    private static final Conversation CLEAN = row("clean", "a", "What is the capital of the country?");
    private static final Conversation SEEN = row("seen", "a", "how many eggs does the hen lay in four weeks, say");
    private static final Conversation UNSEEN =
            row("unseen", "b", "Which of the two rivers is the longer one by some ten feet");
    private static final Conversation OTHER = row("other", "b", "Name a river.");

    /// What a run wrote.
    private record Written(List<JsonNode> clean, List<JsonNode> removed, DecontaminationRun run) {
        List<String> cleanIds() {
            return clean.stream().map(row -> row.get("id").asString()).toList();
        }

        List<String> removedIds() {
            return removed.stream().map(row -> row.get("id").asString()).toList();
        }
    }

    @Test
    void rowsThatRepeatAnItemLeaveWithTheItemAndTheSpans() throws IOException {
        Written written = write(Policies.of(Policy.REMOVE), CLEAN, SEEN, UNSEEN, OTHER);
        assertThat(written.cleanIds()).containsExactly("clean", "other");
        assertThat(written.removedIds()).containsExactly("seen", "unseen");
        JsonNode removed = written.removed().getFirst();
        assertThat(removed.get("test_id").asString()).isEqualTo("1");
        assertThat(removed.get("task").asString()).isEqualTo("seen");
        assertThat(removed.get("coverage").asDouble()).isEqualTo(10 / 12.0); // all but "of spring"
        assertThat(removed.get("spans").toString()).isEqualTo("[{\"from\":0,\"to\":10}]");
        assertThat(Json.read(removed.get("row").toString(), Conversation.class)).isEqualTo(SEEN);
        assertThat(written.run().reasons()).isEqualTo(Map.of("repeats seen", 1L, "repeats unseen", 1L));
    }

    @Test
    void contaminatedSourceIsDroppedWholeAndTheOthersLoseTheirRows() throws IOException {
        var policies = new Policies(Policy.REMOVE, Map.of("b", Policy.DROP), List.of());
        Written written = write(policies, CLEAN, SEEN, UNSEEN, OTHER);
        assertThat(written.cleanIds()).containsExactly("clean");
        assertThat(written.removedIds()).containsExactly("seen", "unseen", "other");
        assertThat(written.removed().getLast().get("reason").asString())
                .isEqualTo("its source repeats 100.0 % of the items of unseen");
    }

    @Test
    void unseenTaskDropsASourceAndADevelopmentTaskDoesNot() throws IOException {
        var policies = new Policies(Policy.REMOVE, Map.of(), List.of("unseen"));
        assertThat(write(policies, CLEAN, SEEN, UNSEEN, OTHER).removedIds()).containsExactly("seen", "unseen", "other");
    }

    @Test
    void reportOnlyRemovesNothingAndCountsAll() throws IOException {
        Written written = write(Policies.of(Policy.REPORT), CLEAN, SEEN, UNSEEN, OTHER);
        assertThat(written.removed()).isEmpty();
        assertThat(written.run().table().tsv()).isEqualTo("""
                train\teval\titems\tmatched\tshare
                a\tseen\t1\t1\t1.0000
                a\tunseen\t1\t0\t0.0000
                b\tseen\t1\t0\t0.0000
                b\tunseen\t1\t1\t1.0000
                """);
    }

    @Test
    void reportCountsRowsItemsAndTheRecheck() throws IOException {
        Written written = write(Policies.of(Policy.REMOVE), CLEAN, SEEN);
        assertThat(Json.write(written.run().report())).isEqualTo("""
                {"rows":2,"clean":1,"removed":{"repeats seen":1},\
                "sources":[{"source":"a","policy":"remove","rows":2,"overlapping":1,"removed":1}],\
                "tasks":[{"task":"seen","items":1,"short_items":0,"items_without_words":0},\
                {"task":"unseen","items":1,"short_items":0,"items_without_words":0}],\
                "contaminated":[{"source":"a","task":"seen","items":1,"matched":1,"contaminated":true}],\
                "rule":{"method":{"type":"ngram","n":8,"token_match":0.5},"dataset_match":0.02,"turns":"user"},\
                "policies":{"standard":"remove","sources":{},"unseen":[]},\
                "recheck":{"done":true,"rows":1,"overlapping":0}}""");
    }

    @Test
    void recheckRefusesWhatStillRepeatsAnItem() {
        var run = new DecontaminationRun(new Screening(Decontaminator.ofThePaper(), ITEMS), Policies.of(Policy.REMOVE));
        assertThatThrownBy(() -> run.recheck(TrainingRows.conversations(List.of(CLEAN, SEEN)::stream)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("row seen was written as clean, but repeats a test item");
    }

    @Test
    void halfOfASurrogatePairIsWrittenWithEscapes() throws IOException {
        Conversation broken = row("x", "a", "a \ud83d b");
        Written written = write(Policies.of(Policy.REMOVE), broken);
        assertThat(Json.read(written.clean().getFirst().toString(), Conversation.class))
                .isEqualTo(broken);
    }

    @Property(tries = 30)
    void plantedItemsAreAllFoundAndNothingElseIsRemoved(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        List<TestItem> items = IntStream.range(0, 40)
                .mapToObj(i ->
                        new TestItem("task", "item" + i, List.of(sentence(random, "test", 8 + random.nextInt(40)))))
                .toList();
        var rows = new ArrayList<Conversation>();
        for (TestItem item : items) {
            String planted = edits(random).apply(item.texts().getFirst());
            rows.add(planted(random, "planted " + item.id(), planted));
            rows.add(row("disjoint " + item.id(), "s", sentence(random, "train", 60)));
        }
        Written written = write(items, Policies.of(Policy.REMOVE), rows.toArray(Conversation[]::new));
        assertThat(written.removedIds()).hasSize(40).allMatch(id -> id.startsWith("planted"));
        assertThat(written.removed())
                .allSatisfy(row -> assertThat(row.get("id").asString())
                        .isEqualTo("planted " + row.get("test_id").asString()));
        assertThat(written.cleanIds()).hasSize(40).allMatch(id -> id.startsWith("disjoint"));
    }

    /// Edits that leave the words, or lose few enough of them that an 8-gram is left and covers more than half.
    private static UnaryOperator<String> edits(Random random) {
        List<UnaryOperator<String>> edits = List.of(
                text -> text,
                text -> text.toUpperCase(Locale.ROOT),
                text -> text.replace(" ", ", "),
                text -> text.replace(" ", " \u2014\u00a0"),
                text -> text.replace(" ", "\n\t"),
                text -> text.codePoints()
                        .map(c -> c > ' ' && c < 127 ? c + 0xFEE0 : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                text -> "Please answer: “" + text + "” Thank you!",
                text -> text.split(" ").length < 12 ? text : text.replaceFirst("^\\S+ \\S+ ", "another start "));
        return edits.get(random.nextInt(edits.size()));
    }

    /// A row that holds the text in one of its user turns.
    private static Conversation planted(Random random, String id, String text) {
        var messages = new ArrayList<Message>();
        int turns = 1 + random.nextInt(4);
        int at = random.nextInt(turns);
        for (int i = 0; i < turns; i++) {
            messages.add(Message.user(i == at ? text : sentence(random, "other", 20)));
            messages.add(Message.assistant("Well."));
        }
        return new Conversation(id, "s", messages);
    }

    private static String sentence(Random random, String stem, int words) {
        return IntStream.range(0, words)
                .mapToObj(_ -> stem + random.nextInt(5000))
                .collect(Collectors.joining(" "));
    }

    private static Written write(Policies policies, Conversation... rows) throws IOException {
        return write(ITEMS, policies, rows);
    }

    private static Written write(List<TestItem> items, Policies policies, Conversation... rows) throws IOException {
        var run = new DecontaminationRun(new Screening(Decontaminator.ofThePaper(), items), policies);
        var all = TrainingRows.conversations(List.of(rows)::stream);
        var clean = new ByteArrayOutputStream();
        var removed = new ByteArrayOutputStream();
        run.survey(all);
        run.write(all, clean, removed);
        run.recheck(TrainingRows.conversations(
                () -> lines(clean).stream().map(row -> Json.read(row.toString(), Conversation.class))));
        return new Written(lines(clean), lines(removed), run);
    }

    private static List<JsonNode> lines(ByteArrayOutputStream out) {
        return out.toString(UTF_8).lines().map(Json::tree).toList();
    }

    private static Conversation row(String id, String source, String text) {
        return new Conversation(id, source, List.of(Message.user(text), Message.assistant("Well.")));
    }
}
