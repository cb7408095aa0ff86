package dev.caravan.data;

/// What a model wrote. The end token, when it was drawn, is part of `ids` but not of `text`.
///
/// @param ids token ids, never re-tokenised from the text
/// @param logprobs natural-log probability of each token under the sampling temperature
public record Completion(int[] ids, String text, float[] logprobs, FinishReason finish) {}
