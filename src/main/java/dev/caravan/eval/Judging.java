package dev.caravan.eval;

import dev.caravan.curate.Embedder;
import dev.caravan.generate.ChatModel;
import dev.caravan.judge.RefusalLabels;
import java.nio.file.Path;
import java.util.Optional;

/// Who decides what verifiers cannot, and how it is asked.
///
/// @param prompts a folder with files that take the place of our prompts of their name
/// @param labels that it replies with where it classifies refusals; absent: it is asked for one word
/// @param embedder whose vectors decide, in place of the model, the preferences that a task leaves to similarity
public record Judging(
        ChatModel model, Optional<Path> prompts, Optional<RefusalLabels> labels, Optional<Embedder> embedder) {}
