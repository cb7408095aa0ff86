package dev.caravan.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.data.Conversation;
import dev.caravan.data.Message;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageFilterTest {
    private static final String GERMAN = "Das Wetter ist heute sehr schön, und wir gehen alle zusammen spazieren.";
    private static final LanguageFilter ENGLISH = new LanguageFilter(List.of("en"), 20);

    @Test
    void languageIsRejectedUnlessItIsWanted() {
        assertThat(objection(ENGLISH, "Wie ist das Wetter?", GERMAN)).contains("its language is de");
        assertThat(objection(new LanguageFilter(List.of("en", "de"), 20), GERMAN))
                .isEmpty();
        assertThat(objection(
                        new LanguageFilter(List.of("de"), 20), "What is it that makes the weather change so often?"))
                .contains("its language is en");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Turn 30 kilometers into meters. 30 kilometers make 30,000 meters.",
                "Give me a word like 'huge'. A word like 'huge' is 'vast'.",
                "If 3 zibs are as much as 2 zobs, how many zibs are 14 zobs?",
                "Evaluate $\\lceil -\\frac{5}{2} \\rceil \\cdot \\sqrt{\\frac{49}{4}}$.",
                "Who was Johann Wolfgang von Goethe? A poet from Frankfurt am Main.",
                "What does 你好 mean?",
                "Let $\\alpha = β + γ$. Find δ.",
                "Guten Tag!"
            })
    void fewWordsNamesAndFormulasAreSpared(String text) {
        assertThat(objection(ENGLISH, text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "今天天气怎么样？, Han",
        "こんにちは、元気ですか, Hiragana",
        "오늘 날씨가 좋아요, Hangul",
        "Как дела сегодня?, Cyrillic",
        "ما هو الطقس اليوم؟, Arabic",
        "用 Python 写一个排序函数的例子, Han"
    })
    void foreignScriptIsToldFromAFewLetters(String text, String script) {
        assertThat(objection(ENGLISH, text)).contains("its script is " + script);
    }

    @ParameterizedTest
    @CsvSource({"zh-cn, 今天天气怎么样？", "ja, 今日は天気がいいですね。カタカナも漢字もあります。", "ru, Как дела сегодня?"})
    void scriptOfAWantedLanguageIsNotForeign(String language, String text) {
        assertThat(objection(new LanguageFilter(List.of(language), 20), text)).isEmpty();
    }

    @Property(tries = 50)
    void repeatedWordsProveNoMoreThanOnce(@ForAll @IntRange(min = 1, max = 300) int times) {
        assertThat(objection(ENGLISH, "30 kilometers = 30,000 meters. ".repeat(times)))
                .isEmpty();
        assertThat(objection(ENGLISH, "1 + 2 = 3; ".repeat(times))).isEmpty();
    }

    @Test
    void lessEvidenceRejectsMore() {
        String greeting = "Gute Nacht!";
        assertThat(objection(ENGLISH, greeting)).isEmpty();
        assertThat(objection(new LanguageFilter(List.of("en"), 5), greeting)).contains("its language is de");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new LanguageFilter(List.of("english"), 20))
                .hasMessageContaining("'english' is none of");
        assertThatThrownBy(() -> new LanguageFilter(List.of("en"), 0)).hasMessage("evidence must be above 0, got 0.0");
    }

    private static Optional<String> objection(LanguageFilter filter, String... texts) {
        List<Message> messages = List.of(texts).stream().map(Message::user).toList();
        return filter.objection(new Conversation("id", "source", messages));
    }
}
