package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.data.Check;
import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import dev.caravan.data.PreferencePair;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CuratorTest {
    private static final String LONG = "Here are eight worked problems, each with its answer, and then one for you: ";
    private final Curator distinct = curator(Optional.empty());

    @Test
    void promptsAreFilteredByWhatTheyAsk() {
        var curator = new Curator(List.of(new EmptyTurnFilter(), new RegexFilter("secret")), Optional.empty());
        Curated<Prompt> prompts =
                curator.prompts(List.of(prompt("1", "Who?"), prompt("2", " "), prompt("3", "A secret?")));
        assertThat(prompts.kept()).extracting(Prompt::id).containsExactly("1");
        assertThat(prompts.rejectedByFilter()).isEqualTo(Map.of("empty-turn", 1, "regex", 1));
    }

    @Test
    void promptEndsWithWhoAwaitsAnAnswerAndAConversationWithTheAssistant() {
        var curator = new Curator(List.of(new RoleOrderFilter()), Optional.empty());
        List<Message> asked = List.of(Message.user("Who?"));
        List<Message> answered = List.of(Message.user("Who?"), Message.assistant("Me."));
        assertThat(curator.prompts(List.of(prompt("1", asked), prompt("2", answered)))
                        .kept())
                .extracting(Prompt::id)
                .containsExactly("1");
        assertThat(curator.conversations(
                                List.of(new Conversation("1", "s", asked), new Conversation("2", "s", answered)))
                        .kept())
                .extracting(Conversation::id)
                .containsExactly("2");
    }

    @Test
    void oneOfThePromptsThatAskTheSameStays() {
        Curated<Prompt> prompts =
                distinct.prompts(List.of(prompt("1", "Who  is it?"), prompt("2", "who is it?"), prompt("3", "Why?")));
        assertThat(prompts.kept()).extracting(Prompt::id).containsExactly("1", "3");
        assertThat(prompts.rejected().getFirst().line())
                .containsEntry("id", "2")
                .containsEntry("as", "prompt")
                .containsEntry("filter", "duplicate")
                .containsEntry("reason", "says the same as row 1")
                .containsEntry("row", prompt("2", "who is it?"));
    }

    @Test
    void promptWithACheckStaysInPlaceOfTheSameWithout() {
        Prompt checked = checked("2", "1 + 2?", "3");
        assertThat(distinct.prompts(List.of(prompt("1", "1 + 2?"), checked, checked("3", "1 + 2?", "3")))
                        .kept())
                .containsExactly(checked);
    }

    @Test
    void problemsBehindOneIntroductionAreDifferentPrompts() {
        Curator near = curator(Optional.of(0.5));
        List<Prompt> problems = List.of(checked("1", LONG + "1 + 2?", "3"), checked("2", LONG + "2 + 2?", "4"));
        assertThat(near.prompts(problems).kept()).isEqualTo(problems);
    }

    @Test
    void pairsRepeatEachOtherWhereBothAnswersDo() {
        var pair = new PreferencePair("1", "s", List.of(Message.user("Who?")), "Me.", "You.", "because");
        var other = new PreferencePair("2", "s", pair.prompt(), "Me.", "They.", "because");
        assertThat(distinct.pairs(List.of(pair, other, pair.withId("3"))).kept())
                .containsExactly(pair, other);
    }

    @Test
    void pairIsFilteredWithItsBetterAnswer() {
        var curator = new Curator(List.of(new RegexFilter("Me")), Optional.empty());
        var pair = new PreferencePair("1", "s", List.of(Message.user("Who?")), "Me.", "You.", "because");
        var turned = new PreferencePair("2", "s", pair.prompt(), "You.", "Me.", "because");
        assertThat(curator.pairs(List.of(pair, turned)).kept()).containsExactly(turned);
    }

    @Property(tries = 200)
    void everyPromptIsKeptOrRejectedOnceWhateverIsAsked(@ForAll List<String> contents) {
        List<Prompt> rows =
                contents.stream().map(content -> prompt("id", content)).toList();
        Curated<Prompt> once =
                new Curator(List.of(new EmptyTurnFilter()), Optional.of(Deduplicator.exact())).prompts(rows);
        assertThat(once.in()).isEqualTo(rows.size());
        assertThat(once.rejectedByFilter().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(once.rejected().size());
        assertThat(distinct.prompts(once.kept()).rejected()).isEmpty();
    }

    private static Curator curator(Optional<Double> near) {
        return new Curator(List.of(), Optional.of(new Deduplicator(near, new Keep.First())));
    }

    private static Prompt prompt(String id, String text) {
        return prompt(id, List.of(Message.user(text)));
    }

    private static Prompt prompt(String id, List<Message> messages) {
        return new Prompt(id, "s", messages, Optional.empty());
    }

    private static Prompt checked(String id, String text, String expected) {
        return new Prompt(id, "s", List.of(Message.user(text)), Optional.of(new Check("gsm8k", expected)));
    }
}
