package dev.caravan.curate;

import dev.caravan.data.Conversation;
import dev.caravan.data.Prompt;
import java.util.stream.Stream;

/// Where conversations and prompts come from. The permitted records are the recipe's choices.
///
/// Streams are made anew by every call, are the same for the same seed, and keep their order. Whoever reads a file's
/// stream to the middle only closes it.
public sealed interface Source permits ArithmeticSource, ChatSource, FileSource {
    /// The name under which rows, counts and the contamination table show the source.
    String name();

    /// Whole conversations, to learn from.
    ///
    /// @param seed the recipe's seed; a source that draws nothing ignores it
    Stream<Conversation> conversations(long seed);

    /// Prompts that await an answer, with the check that decides success where the source knows answers.
    Stream<Prompt> prompts(long seed);
}
