package dev.caravan.text;

import java.util.Arrays;

/// A conversation as a model is trained on it. All arrays have one entry a token.
///
/// @param ids token ids
/// @param owners the number of the message whose content the token begins in, or [#TEMPLATE]
/// @param lossWeights 1 where the token is learnt, 0 where it is only read
/// @param starts where in `text` the token starts, in UTF-16 units
/// @param ends where it ends
/// @param text the rendered conversation
public record TokenizedConversation(
        int[] ids, int[] owners, float[] lossWeights, int[] starts, int[] ends, String text) {
    /// The owner of a token that the template wrote.
    public static final int TEMPLATE = -1;

    public int size() {
        return ids.length;
    }

    public int trainedTokens() {
        int trained = 0;
        for (float weight : lossWeights) if (weight > 0) trained++;
        return trained;
    }

    /// The first tokens of this conversation.
    public TokenizedConversation first(int tokens) {
        if (tokens >= size()) return this;
        return new TokenizedConversation(
                Arrays.copyOf(ids, tokens),
                Arrays.copyOf(owners, tokens),
                Arrays.copyOf(lossWeights, tokens),
                Arrays.copyOf(starts, tokens),
                Arrays.copyOf(ends, tokens),
                text);
    }
}
