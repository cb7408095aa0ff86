package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.io.Json;
import dev.caravan.text.BpeTrainer;
import dev.caravan.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void callsOfToolsAreTurnsOfTheirOwn() {
        Message call = Message.calling("", Json.tree("[{\"name\": \"clock\"}]"));
        Message result = Message.tool("");
        Message answer = Message.assistant("It is noon.");
        var roles = new RoleOrderFilter();
        assertThat(roles.objection(row(QUESTION, call, result, result, call, result, answer)))
                .isEmpty();
        assertThat(roles.objection(row(QUESTION, call, answer)))
                .contains("message 3 is by assistant where tool is due");
        assertThat(roles.objection(row(QUESTION, call, result, QUESTION)))
                .contains("message 4 is by user where assistant or tool is due");
        assertThat(new EmptyTurnFilter().objection(row(QUESTION, call, result, answer)))
                .isEmpty();
        assertThat(new EmptyTurnFilter().objection(row(QUESTION, Message.assistant(""))))
                .isPresent();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, but I can't do that.",
                "I’m very sorry, I cannot go into this.",
                "Sorry, but I am unable to look at it.",
                "I cannot assist with that request.",
                "I won't provide instructions for this.",
                "I apologize, but I will not say.",
                "Unfortunately, I'm not able to see pictures.",
                "I can't in good conscience help with it.",
                "Well. As an AI language model, I have no feelings."
            })
    void refusalsAreFoundWhereAnAnswerBegins(String answer) {
        assertThat(new RefusalFilter(List.of()).objection(row(QUESTION, Message.assistant(answer))))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("the assistant says '"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I can't wait to see it!",
                "I'm sorry for your loss.",
                "He said: I cannot help you.",
                "I will not be long.",
                "Unfortunately, the shop is closed.",
                "As an air model it flies."
            })
    void otherAnswersAreNoRefusals(String answer) {
        assertThat(new RefusalFilter(List.of()).objection(row(QUESTION, Message.assistant(answer))))
                .isEmpty();
        assertThat(new RefusalFilter(List.of()).objection(row(Message.user("I cannot help you."), QUESTION)))
                .isEmpty();
    }

    @Test
    void furtherPhrasesAreSoughtAnywhereWhateverTheirCase() {
        assertThat(new RefusalFilter(List.of("No Comment"))
                        .objection(row(QUESTION, Message.assistant("Hm. no comment!"))))
                .contains("the assistant says 'No Comment'");
        assertThatThrownBy(() -> new RefusalFilter(List.of(" "))).hasMessage("phrases must not be empty texts");
    }

    @Test
    void tokensOfAllMessagesAreCounted(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Tokenizer bytes = new BpeTrainer(257, List.of("<pad>"), false).train(Stream.of("a"));
        Files.writeString(file, bytes.toJson());
        Conversation twelve = row(QUESTION);
        assertThat(bytes.encode(QUESTION.content())).hasSize(12);
        assertThat(new TokenLengthFilter(file.toString(), 12, 20).objection(twelve))
                .isEmpty();
        assertThat(new TokenLengthFilter(folder.toString(), 0, 23).objection(row(QUESTION, QUESTION)))
                .contains("24 tokens are not 0 to 23");
    }

    @Test
    void rowLeavesAtTheFirstFilterThatObjects() {
        Conversation row = row(QUESTION);
        List<Filter> filters = List.of(new LengthFilter(0, 99), new RoleOrderFilter(), new RegexFilter("."));
        assertThat(sifted(List.of(row), filters).rejected())
                .extracting(Curated.Left::rejection)
                .containsExactly(new Rejection(row, "role-order", "the last message is not by the assistant"));
    }

    @Property(tries = 200)
    void everyRowIsKeptOrRejectedOnce(@ForAll List<String> contents) {
        List<Conversation> rows =
                contents.stream().map(content -> row(Message.user(content))).toList();
        Curated<Conversation> sifted = sifted(rows, List.of(new EmptyTurnFilter(), new LengthFilter(0, 5)));
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

    private static Curated<Conversation> sifted(List<Conversation> rows, List<Filter> filters) {
        return new Curator(filters, Optional.empty()).conversations(rows);
    }

    private static Conversation row(Message... messages) {
        return new Conversation("id", "source", List.of(messages));
    }
}
