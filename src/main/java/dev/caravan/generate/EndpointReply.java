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
        return switch (request.wanted()) {
            case EndpointRequest.Wanted.Turn _ ->
                text(tree, choice.path("message").path("content"), "choices[0].message.content", request);
            case EndpointRequest.Wanted.Text _ -> text(tree, choice.path("text"), "choices[0].text", request);
            case EndpointRequest.Wanted.Weight weight ->
                choice.path("text").isString()
                        ? weight(tree, choice, weight, request)
                        : text(tree, choice.path("text"), "choices[0].text", request);
        };
    }

    private static EndpointReply text(JsonNode tree, JsonNode text, String where, EndpointRequest request) {
        JsonNode choice = tree.path("choices").path(0);
        long promptTokens = tokens(tree, "prompt_tokens", request.promptBound());
        if (!text.isString()) {
            return new Nonsense(
                    "no text at " + where + ": '" + excerpt(tree.toString()) + "'",
                    true,
                    promptTokens,
                    tokens(tree, 0));
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

    private static EndpointReply weight(
            JsonNode tree, JsonNode choice, EndpointRequest.Wanted.Weight weight, EndpointRequest request) {
        EchoedTokens echoed = EchoedTokens.of(choice);
        long promptTokens = tokens(tree, "prompt_tokens", request.promptBound());
        long written = tokens(tree, echoed.from(EchoedTokens.characters(weight.text())));
        if (!echoed.areTold()) {
            return useless("it tells no log-probabilities of a text that it is given", promptTokens, written);
        }
        int end = echoed.end(written);
        if (!echoed.wrote(writtenText(choice, weight), end)) {
            return useless(
                    "it tells none of the token that it wrote itself, so that its log-probabilities stand one token off,"
                            + " as llama-cpp-python's do for a model without a token that begins every text",
                    promptTokens,
                    written);
        }
        List<JsonNode> told = echoed.logProbs().subList(echoed.first(weight.words(), end), end);
        if (told.isEmpty()) {
            return useless("the tokens that it tells do not spell '" + weight.words() + "'", promptTokens, written);
        }
        if (!told.stream().allMatch(JsonNode::isNumber)) {
            return useless(
                    "it tells no log-probability of the first token of '" + weight.words() + "'",
                    promptTokens,
                    written);
        }
        return new Answered(new Answer.Written(
                weight.words(),
                FinishReason.LENGTH,
                promptTokens,
                written,
                told.stream().map(JsonNode::floatValue).toList()));
    }

    /// What the endpoint wrote behind the text; nothing where it echoes the text in another form.
    private static String writtenText(JsonNode choice, EndpointRequest.Wanted.Weight weight) {
        String text = choice.path("text").asString("");
        return text.startsWith(weight.text()) ? text.substring(weight.text().length()) : "";
    }

    private static Nonsense useless(String because, long promptTokens, long tokens) {
        return new Nonsense(because, false, promptTokens, tokens);
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
