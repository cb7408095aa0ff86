package dev.caravan.generate;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// The tokens of a text as an endpoint echoes them, and of what it wrote behind it.
///
/// @param texts of the tokens
/// @param logProbs null where the endpoint tells none, as for the first token
/// @param offsets where each begins, in characters as the endpoint counts them
record EchoedTokens(List<String> texts, List<JsonNode> logProbs, List<Integer> offsets) {
    private static final char NOT_WHOLE = '\uFFFD'; // a token that holds a part of a character only

    /// Nothing of one length where the endpoint echoes no log-probabilities.
    static EchoedTokens of(JsonNode choice) {
        JsonNode told = choice.path("logprobs");
        return new EchoedTokens(
                told.path("tokens")
                        .valueStream()
                        .map(token -> token.asString(""))
                        .toList(),
                told.path("token_logprobs").valueStream().toList(),
                told.path("text_offset").valueStream().map(at -> at.asInt(-1)).toList());
    }

    boolean areTold() {
        int n = texts.size();
        return n > 0
                && logProbs.size() == n
                && offsets.size() == n
                && logProbs.stream().anyMatch(JsonNode::isNumber);
    }

    /// The place behind the last token of the text.
    ///
    /// @param written tokens behind it, as the endpoint counts them
    int end(long written) {
        return (int) Math.max(0, texts.size() - written);
    }

    /// How many tokens begin behind that character, where nobody counts what was written.
    long from(int characters) {
        return offsets.stream().filter(at -> at >= characters).count();
    }

    /// Whether the tokens from there on are what was written. A token that ends the text may be written as nothing.
    boolean wrote(String text, int end) {
        return bare(text).isEmpty() || spell(text, end, texts.size());
    }

    /// The first token of the last words of the text: the first at or behind the character where they begin. That
    /// is counted from the text's end, since some servers count the token that begins every text with its name.
    ///
    /// @param end as [#end] tells it
    /// @return `end` where the tokens do not spell the words
    int first(String words, int end) {
        int start = endOffset(end) - characters(words);
        int first = 0;
        while (first < end && (offsets.get(first) < start || !spell(words, first, end))) first++;
        return first;
    }

    private int endOffset(int end) {
        return end < texts.size() ? offsets.get(end) : offsets.getLast() + characters(texts.getLast());
    }

    /// Whether the tokens are the words' end, for a token may reach from the text into them. Spaces do not count,
    /// since some servers tell tokens without theirs.
    private boolean spell(String words, int first, int end) {
        String spelt = String.join("", texts.subList(first, end));
        return spelt.indexOf(NOT_WHOLE) >= 0 || bare(words).endsWith(bare(spelt));
    }

    private static String bare(String text) {
        return text.replaceAll("[\\s\\h▁ĠĊ]+", "");
    }

    /// As Python counts them, in which these servers are written.
    static int characters(String text) {
        return text.codePointCount(0, text.length());
    }
}
