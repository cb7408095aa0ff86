package dev.caravan.model;

/// Token ids with the loss weight of each token as something to be predicted; 0 means not predicted. The first token
/// is never predicted: nothing comes before it.
public record Sequence(int[] ids, float[] weights) {
    public Sequence {
        if (ids.length != weights.length) {
            throw new IllegalArgumentException(ids.length + " tokens but " + weights.length + " weights");
        }
        if (ids.length < 2) {
            throw new IllegalArgumentException("a sequence needs at least two tokens, got " + ids.length);
        }
    }

    /// A prompt and the completion that is predicted.
    public static Sequence of(int[] prompt, int[] completion) {
        int[] ids = java.util.Arrays.copyOf(prompt, prompt.length + completion.length);
        System.arraycopy(completion, 0, ids, prompt.length, completion.length);
        var weights = new float[ids.length];
        java.util.Arrays.fill(weights, prompt.length, ids.length, 1);
        return new Sequence(ids, weights);
    }

    /// How many tokens are predicted.
    public int predicted() {
        int count = 0;
        for (int i = 1; i < ids.length; i++) {
            count += weights[i] != 0 ? 1 : 0;
        }
        return count;
    }
}
