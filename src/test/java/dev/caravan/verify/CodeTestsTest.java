package dev.caravan.verify;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What is read of a completion and an expectation before anything runs.
class CodeTestsTest {
    @Property
    void everyExpectationIsReadOrRefused(@ForAll String completion, @ForAll("expectations") String expected) {
        CodeTests.of(FencedCode.last(completion), expected)
                .ifPresent(tests -> assertThat(tests.tasks()).isNotEmpty());
    }

    @Property
    void fencedCodeIsPartOfTheAnswerButForIndentation(@ForAll("answers") String answer) {
        assertThat(withoutIndentation(answer)).contains(withoutIndentation(FencedCode.last(answer)));
    }

    private static String withoutIndentation(String text) {
        return text.replaceAll("(?m)^ ++", "");
    }

    @Provide
    Arbitrary<String> expectations() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"tests\"",
                        "\"cases\"",
                        "\"input\"",
                        "\"output\"",
                        "\"inputs\"",
                        "\"outputs\"",
                        "\"before\"",
                        "\"seconds\"",
                        "\"mebibytes\"",
                        "\"assert x\"",
                        "3",
                        "-1",
                        "1e99",
                        "null",
                        "true",
                        "{\"cases\":[{\"input\":\"\",\"output\":[\"1\"]}]}",
                        "{\"tests\":\"assert 1\",\"seconds\":")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> answers() {
        return Arbitraries.of("```", "```python", "\n", "x = 1", " ", "~~~", "\u2028")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }
}
