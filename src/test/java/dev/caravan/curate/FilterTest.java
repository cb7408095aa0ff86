package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Message QUESTION = Message.user("Who are you?");

    @Test
    void emptyTurnIsRejectedWithItsPlace() {
        assertThat(new EmptyTurnFilter().objection(row(QUESTION, Message.assistant(" \n"))))
                .contains("message 2 (assistant) is empty");
        assertThat(new EmptyTurnFilter().objection(row())).contains("there are no messages");
    }

    @Test
    void rolesMustAlternateAndEndWithTheAssistant() {
        Message answer = Message.assistant("I am.");
        Message system = Message.system("Be kind.");
        var filter = new RoleOrderFilter();
        assertThat(filter.objection(row(system, QUESTION, answer, QUESTION, answer)))
                .isEmpty();
        assertThat(filter.objection(row(QUESTION, QUESTION, answer)))
                .contains("message 2 is by user where assistant is due");
        assertThat(filter.objection(row(QUESTION, answer, system)))
                .contains("message 3 is by system where user is due");
        assertThat(filter.objection(row(system))).contains("the last message is not by the assistant");
        assertThat(filter.objection(row(QUESTION))).contains("the last message is not by the assistant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OpenAI",
                "open ai",
                "ChatGPT",
                "Chat GPT",
                "gpt-3",
                "GPT3",
                "GPT 3",
                "GPT-3.5",
                "GPT3.5",
                "GPT-4",
                "gpt4",
                "GPT 4",
                "BingChat",
                "Bing Chat",
                "LAION",
                "OpenAssistant",
                "Open Assistant"
            })
    void otherAssistantsAreFoundInAnswersOnly(String name) {
        var filter = new SelfIdentificationFilter();
        assertThat(filter.objection(row(QUESTION, Message.assistant("I am " + name + "."))))
                .contains("the assistant says '" + name + "'");
        assertThat(filter.objection(row(Message.user("Are you " + name + "?"), Message.assistant("No."))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xOpenAI", "OpenAIs", "a million", "gpt", "GPT-45", "openly assistant"})
    void partsOfOtherWordsAreNoNames(String text) {
        assertThat(new SelfIdentificationFilter().objection(row(QUESTION, Message.assistant(text))))
                .isEmpty();
    }

    @Test
    void linesMayRepeatAsOftenAsAllowed() {
        var filter = new RepeatedLinesFilter(3);
        assertThat(filter.objection(row(QUESTION, Message.assistant("a\n \n".repeat(3)))))
                .isEmpty();
        assertThat(filter.objection(row(QUESTION, Message.assistant("a\n a\n".repeat(2)))))
                .contains("the assistant writes a line more than 3 times: 'a'");
    }

    @Test
    void lengthCountsAllMessages() {
        assertThat(new LengthFilter(12, 20).objection(row(QUESTION))).isEmpty();
        assertThat(new LengthFilter(13, 20).objection(row(QUESTION))).contains("12 characters are not 13 to 20");
        assertThat(new LengthFilter(0, 11).objection(row(QUESTION))).isPresent();
    }

    @Test
    void expressionIsSoughtInEveryMessage() {
        assertThat(new RegexFilter("[Yy]ou\\?").objection(row(QUESTION))).contains("'[Yy]ou\\?' matches 'you?'");
        assertThatThrownBy(() -> new RegexFilter("("))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pattern '(' is no regular expression");
    }

    @Test
    void rowLeavesAtTheFirstFilterThatObjects() {
        Conversation row = row(QUESTION);
        Sifted sifted = Filter.sift(
                Stream.of(row), List.of(new LengthFilter(0, 99), new RoleOrderFilter(), new RegexFilter(".")));
        assertThat(sifted.rejected())
                .containsExactly(new Rejection(row, "role-order", "the last message is not by the assistant"));
    }

    @Property(tries = 200)
    void everyRowIsKeptOrRejectedOnce(@ForAll List<String> contents) {
        List<Conversation> rows =
                contents.stream().map(content -> row(Message.user(content))).toList();
        Sifted sifted = Filter.sift(rows.stream(), List.of(new EmptyTurnFilter(), new LengthFilter(0, 5)));
        assertThat(sifted.in()).isEqualTo(rows.size());
        assertThat(sifted.rejectedByFilter().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(sifted.rejected().size());
    }

    @Property(tries = 200)
    void deduplicationKeepsOneOfEachAndIsIdempotent(@ForAll List<String> contents) {
        List<Conversation> rows =
                contents.stream().map(content -> row(Message.user(content))).toList();
        Deduplication once = Deduplicator.exact().deduplicate(rows.stream());
        assertThat(once.in()).isEqualTo(rows.size());
        assertThat(Deduplicator.exact().deduplicate(once.kept().stream()).rejected())
                .isEmpty();
    }

    @Test
    void duplicateNamesTheRowItRepeats() {
        var first = new Conversation("1", "s", List.of(Message.user("Hello  World")));
        var second = new Conversation("2", "s", List.of(Message.user("hello\nworld ")));
        var other = new Conversation("3", "s", List.of(Message.assistant("hello world")));
        Deduplication sifted = Deduplicator.exact().deduplicate(Stream.of(first, second, other));
        assertThat(sifted.kept()).containsExactly(first, other);
        assertThat(sifted.rejected()).containsExactly(new Rejection(second, "duplicate", "says the same as row 1"));
    }

    private static Conversation row(Message... messages) {
        return new Conversation("id", "source", List.of(messages));
    }
}
