package dev.caravan.generate;

import dev.caravan.data.Draws;
import dev.caravan.data.Message;
import dev.caravan.io.Json;
import dev.caravan.io.Sha256;
import dev.caravan.text.Continuation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One request for one answer.
///
/// @param url where it goes
/// @param body what is sent
/// @param bodyWithoutOdds the same without the wish for the log-probabilities of first tokens, which some
///     servers refuse; the body itself where there is no such wish
/// @param hash the SHA-256 of the address and the body with its seed, sent or not: what the answer is kept under
/// @param wanted what the reply has to hold
/// @param promptBound tokens of its prompt at most: no token is shorter than a byte
record EndpointRequest(
        String url,
        String body,
        String bodyWithoutOdds,
        String hash,
        Wanted wanted,
        long promptBound,
        long tokenBound) {
    private static final int TEMPLATE_TOKENS = 16; // around a message, generously
    private static final int MOST_BEGINNINGS = 20; // that OpenAI's servers tell

    sealed interface Wanted {
        /// What the assistant says.
        record Turn() implements Wanted {}

        /// How a text goes on.
        record Text() implements Wanted {}

        /// How likely the last words of a text are.
        record Weight(String text, String words) implements Wanted {}
    }

    static EndpointRequest of(
            Endpoint endpoint, String model, Question question, int sample, Sampling sampling, long seed) {
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        switch (question) {
            case Question.Decision decision -> put(body, decision.chat());
            case Question.Chat chat -> put(body, chat);
            case Question.Text text -> body.put("prompt", text.prompt());
        }
        put(body, sampling);
        body.put("seed", new Draws(seed, "sample/" + question.key()).bits(sample) >>> 33); // 31 bits suit every server
        boolean decides = question instanceof Question.Decision;
        if (decides) putOdds(body);
        boolean chat = !(question instanceof Question.Text);
        String url = endpoint.base() + (chat ? "/chat/completions" : "/completions");
        String hash = Sha256.of(url + "\n" + Json.write(body));
        if (!endpoint.sendSeed()) body.remove("seed");
        String whole = Json.write(body);
        if (decides) body.keySet().removeAll(List.of("logprobs", "top_logprobs"));
        return new EndpointRequest(
                url,
                whole,
                Json.write(body),
                hash,
                chat ? new Wanted.Turn() : new Wanted.Text(),
                promptBound(question),
                sampling.maxTokens());
    }

    /// Asks for the log-probabilities of a text's last words. One token is written behind it, since there are
    /// servers that write without end where they are to write none.
    ///
    /// @param context of which spaces at the end belong to the words, as [Continuation] has it
    static EndpointRequest weighing(Endpoint endpoint, String model, String context, String continuation) {
        String text = context + continuation;
        String words = text.substring(Continuation.context(context).length());
        var body = new LinkedHashMap<String, Object>();
        body.put("model", model);
        body.put("prompt", text);
        body.put("echo", true);
        body.put("logprobs", 1);
        body.put("max_tokens", 1);
        body.put("temperature", 0);
        String url = endpoint.base() + "/completions";
        String whole = Json.write(body);
        String hash = Sha256.of(String.join("\n", url, whole, words));
        var weight = new Wanted.Weight(text, words);
        return new EndpointRequest(url, whole, whole, hash, weight, TEMPLATE_TOKENS + bytes(text), 1);
    }

    /// Whether it asks for the log-probabilities of first tokens.
    boolean asksForOdds() {
        return !body.equals(bodyWithoutOdds);
    }

    /// The same request without them. Its answer is kept as that to this one.
    EndpointRequest withoutOdds() {
        return new EndpointRequest(url, bodyWithoutOdds, bodyWithoutOdds, hash, wanted, promptBound, tokenBound);
    }

    /// An opening is a last message of the assistant that is to be continued, in the words of vLLM and SGLang; other
    /// servers continue it without being asked.
    private static void put(Map<String, Object> body, Question.Chat chat) {
        if (chat.opening().isEmpty()) {
            body.put("messages", chat.messages());
            return;
        }
        var messages = new ArrayList<>(chat.messages());
        messages.add(Message.assistant(chat.opening()));
        body.put("messages", messages);
        body.put("add_generation_prompt", false);
        body.put("continue_final_message", true);
    }

    /// Settings of their own kind are sent only where they do something.
    private static void put(Map<String, Object> body, Sampling sampling) {
        body.put("max_tokens", sampling.maxTokens());
        body.put("temperature", sampling.temperature());
        if (sampling.topP() < 1) body.put("top_p", sampling.topP());
        if (!sampling.stop().isEmpty()) body.put("stop", sampling.stop());
        if (sampling.topK() > 0) body.put("top_k", sampling.topK());
        if (sampling.minP() > 0) body.put("min_p", sampling.minP());
        if (sampling.repetitionPenalty() != 1) body.put("repetition_penalty", sampling.repetitionPenalty());
        if (sampling.ignoreEnd()) body.put("ignore_eos", true);
    }

    private static void putOdds(Map<String, Object> body) {
        body.put("logprobs", true);
        body.put("top_logprobs", MOST_BEGINNINGS);
    }

    private static long promptBound(Question question) {
        return switch (question) {
            case Question.Decision decision -> promptBound(decision.chat());
            case Question.Chat chat ->
                TEMPLATE_TOKENS
                        + bytes(chat.opening())
                        + chat.messages().stream()
                                .mapToLong(EndpointRequest::bound)
                                .sum();
            case Question.Text text -> TEMPLATE_TOKENS + bytes(text.prompt());
        };
    }

    private static long bound(Message message) {
        return bytes(message.content()) + bytes(message.role()) + TEMPLATE_TOKENS;
    }

    static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
