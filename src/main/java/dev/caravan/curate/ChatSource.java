package dev.caravan.curate;

import dev.caravan.config.Default;
import dev.caravan.data.Conversation;
import dev.caravan.data.KeyedRandom;
import dev.caravan.data.Message;
import dev.caravan.data.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Generated short chats: greetings, questions about the assistant, simple facts, thanks, some under a system
/// message.
///
/// @param name what rows call their source, and what their ids begin with
/// @param chats how many
/// @param flaws bad rows planted behind them
public record ChatSource(
        @Default("chats") String name, @Default("500") int chats, Optional<Flaws> flaws) implements Source {
    private static final int MOST = 20_000; // the patterns give some hundred thousand different chats

    public ChatSource {
        if (chats < 1 || chats > MOST) {
            throw new IllegalArgumentException("chats must lie between 1 and %d, got %d".formatted(MOST, chats));
        }
    }

    @Override
    public Stream<Conversation> conversations(long seed) {
        var ids = new RowIds(name);
        List<List<Message>> good = good(seed);
        Stream<List<Message>> bad = flaws.orElse(Flaws.none()).planted(seed, name, chats, i -> good.get((int) i));
        return Stream.concat(good.stream(), bad).map(messages -> new Conversation(ids.next(messages), name, messages));
    }

    /// Every chat up to its last answer. Nothing decides what a good answer is.
    @Override
    public Stream<Prompt> prompts(long seed) {
        var ids = new RowIds(name);
        return good(seed).stream()
                .map(messages -> messages.subList(0, messages.size() - 1))
                .map(messages -> new Prompt(ids.next(messages), name, messages, Optional.empty()));
    }

    /// The first different chats of an endless series in which chat `i` depends on the seed and `i` alone.
    private List<List<Message>> good(long seed) {
        return LongStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new ChatWriter(KeyedRandom.of(seed, "chat", i)).write())
                .distinct()
                .limit(chats)
                .toList();
    }
}
