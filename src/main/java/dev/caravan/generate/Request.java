package dev.caravan.generate;

/// A prompt to be completed.
///
/// @param key names the prompt for its random draws: the same key and seed give the same completions, whatever else
///     is in the batch
/// @param samples how many completions are wanted
public record Request(String key, int[] promptIds, int samples) {
    public Request {
        if (promptIds.length == 0) {
            throw new IllegalArgumentException("a prompt needs at least one token");
        }
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be positive, got " + samples);
        }
    }
}
