package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.KeyedRandom;
import dev.caravan.data.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Bad rows that a generated source plants behind its good ones, so that curation has something to find. Each count
/// is a number of rows; each planted row is a good row spoilt in one way.
///
/// @param duplicates the same messages again
/// @param nearDuplicates the same messages in lower case and with doubled spaces
/// @param emptyTurns the last answer is white space
/// @param roleDisorders the messages in reverse order
/// @param otherAssistants the last answer ends with a claim to be some other assistant
/// @param repeatedLines the last answer says its text on forty lines
public record Flaws(
        @Default("0") int duplicates,
        @Default("0") int nearDuplicates,
        @Default("0") int emptyTurns,
        @Default("0") int roleDisorders,
        @Default("0") int otherAssistants,
        @Default("0") int repeatedLines) {
    private static final int REPETITIONS = 40;
    private static final List<String> CLAIMS = List.of(
            "By the way, I am ChatGPT.",
            "I was trained by OpenAI.",
            "As GPT-4 I like to help.",
            "I am Open Assistant, after all.",
            "Bing Chat is glad to help.");

    public Flaws {
        int fewest = Collections.min(
                List.of(duplicates, nearDuplicates, emptyTurns, roleDisorders, otherAssistants, repeatedLines));
        if (fewest < 0) {
            throw new IllegalArgumentException("the number of planted rows must not be negative, got " + fewest);
        }
    }

    public static Flaws none() {
        return new Flaws(0, 0, 0, 0, 0, 0);
    }

    public int count() {
        return duplicates + nearDuplicates + emptyTurns + roleDisorders + otherAssistants + repeatedLines;
    }

    /// The planted rows.
    ///
    /// @param rows how many good rows there are to spoil
    /// @param row the good row of a number from 0 to `rows`
    Stream<List<Message>> planted(long seed, String source, long rows, LongFunction<List<Message>> row) {
        return LongStream.range(0, count()).mapToObj(i -> {
            RandomGenerator random = KeyedRandom.of(seed, "flaw of " + source, i);
            return spoil((int) i, row.apply(random.nextLong(rows)), random);
        });
    }

    private List<Message> spoil(int flaw, List<Message> messages, RandomGenerator random) {
        int kind = flaw;
        if (kind < duplicates) {
            return messages;
        }
        kind -= duplicates;
        if (kind < nearDuplicates) {
            return messages.stream().map(Flaws::respelt).toList();
        }
        kind -= nearDuplicates;
        if (kind < emptyTurns) {
            return withLastAnswer(messages, " ".repeat(random.nextInt(3)));
        }
        kind -= emptyTurns;
        if (kind < roleDisorders) {
            return messages.reversed();
        }
        kind -= roleDisorders;
        String answer = messages.getLast().content();
        return kind < otherAssistants
                ? withLastAnswer(messages, answer + " " + CLAIMS.get(random.nextInt(CLAIMS.size())))
                : withLastAnswer(messages, (answer + "\n").repeat(REPETITIONS));
    }

    private static Message respelt(Message message) {
        return message.with(message.content().toLowerCase(Locale.ROOT).replace(" ", "  "));
    }

    private static List<Message> withLastAnswer(List<Message> messages, String answer) {
        var spoilt = new ArrayList<>(messages);
        spoilt.set(messages.size() - 1, Message.assistant(answer));
        return spoilt;
    }
}
