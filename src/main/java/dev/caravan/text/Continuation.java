package dev.caravan.text;

import dev.caravan.DataException;
import java.util.Arrays;

/// A prompt and the tokens that continue it, split from one tokenised text.
///
/// The rule is that of [lm-evaluation-harness](https://github.com/EleutherAI/lm-evaluation-harness): spaces at the
/// prompt's end belong to the continuation, both are tokenised as one text, and what follows as many tokens as the
/// prompt has by itself is the continuation. A prompt without tokens becomes the token that begins a text or, where
/// there is none, the one that ends it.
public record Continuation(int[] promptIds, int[] continuationIds) {
    public static Continuation of(TokenContract contract, String prompt, String continuation) {
        int[] whole = contract.plainText(prompt + continuation);
        int split = contract.plainText(context(prompt)).length;
        int[] rest = Arrays.copyOfRange(whole, Math.min(split, whole.length), whole.length);
        return new Continuation(split == 0 ? firstToken(contract) : Arrays.copyOf(whole, split), rest);
    }

    private static int[] firstToken(TokenContract contract) {
        var control = contract.controlTokens();
        int id = control.begin()
                .orElseGet(() -> control.end()
                        .orElseThrow(() -> new DataException(
                                "the prompt is empty and the model has no token that begins a text")));
        return new int[] {id};
    }

    /// The prompt without the spaces at its end, which belong to the continuation.
    public static String context(String prompt) {
        int end = prompt.length();
        while (end > 0 && isSpace(prompt.charAt(end - 1))) end--;
        return prompt.substring(0, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
