package dev.caravan.generate;

import dev.caravan.DataException;
import dev.caravan.data.FinishReason;
import dev.caravan.io.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What an endpoint answered with status 200, read strictly.
sealed interface EndpointReply {
    record Answered(Answer.Written answer) implements EndpointReply {}

    /// Nothing that can be used.
    ///
    /// @param repeats whether asking again may help; a filter of contents says the same again
    record Nonsense(String because, boolean repeats, long promptTokens, long tokens) implements EndpointReply {}

    static EndpointReply of(String body, EndpointRequest request) {
        JsonNode tree;
        try {
            tree = Json.tree(body);
        } catch (DataException _) {
            return new Nonsense("no JSON: '" + excerpt(body) + "'", true, 0, 0);
        }
        JsonNode choice = tree.path("choices").path(0);
        JsonNode text = request.chat() ? choice.path("message").path("content") : choice.path("text");
        long promptTokens = tokens(tree, "prompt_tokens", request.promptBound());
        if (!text.isString()) {
            String where = request.chat() ? "choices[0].message.content" : "choices[0].text";
            return new Nonsense(
                    "no text at " + where + ": '" + excerpt(body) + "'", true, promptTokens, tokens(tree, 0));
        }
        String finish = choice.path("finish_reason").asString("stop");
        if (finish.equals("content_filter")) {
            return new Nonsense(
                    "the endpoint withholds the answer (content_filter)", false, promptTokens, tokens(tree, 0));
        }
        long tokens = tokens(tree, EndpointRequest.bytes(text.asString()));
        FinishReason reason = finish.equals("length") ? FinishReason.LENGTH : FinishReason.STOP;
        JsonNode told = choice.path("logprobs").path("content");
        return new Answered(
                new Answer.Written(text.asString(), reason, promptTokens, tokens, logProbs(told), beginnings(told)));
    }

    /// Of the tokens that were written, where the endpoint tells them.
    private static List<Float> logProbs(JsonNode told) {
        return told.valueStream()
                .map(token -> token.path("logprob").floatValue())
                .toList();
    }

    /// The likeliest first tokens; the written one by itself where the endpoint tells no others.
    private static List<Answer.Beginning> beginnings(JsonNode told) {
        JsonNode first = told.path(0);
        List<JsonNode> all = first.path("top_logprobs").isEmpty()
                ? List.of(first)
                : first.path("top_logprobs").valueStream().toList();
        return all.stream()
                .filter(token -> token.path("logprob").isNumber())
                .map(token -> new Answer.Beginning(
                        token.path("token").asString(""), token.path("logprob").doubleValue()))
                .toList();
    }

    private static long tokens(JsonNode tree, long otherwise) {
        return tokens(tree, "completion_tokens", otherwise);
    }

    /// What the endpoint counted; a bound where it does not say.
    private static long tokens(JsonNode tree, String key, long otherwise) {
        JsonNode count = tree.path("usage").path(key);
        return count.isIntegralNumber() && count.asLong() >= 0 ? count.asLong() : otherwise;
    }

    static String excerpt(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
