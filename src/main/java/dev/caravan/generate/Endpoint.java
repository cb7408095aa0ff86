package dev.caravan.generate;

import dev.caravan.RecipeException;
import dev.caravan.config.Default;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A server that speaks the OpenAI protocol, and how it is used.
///
/// @param url of the server, such as `http://127.0.0.1:8000/v1`; `/v1` is added where there is no path, and what
///     names a single call, such as `/chat/completions`, is taken off
/// @param model as the server calls it; absent: the only one that it lists
/// @param apiKeyEnv the environment variable that holds the key; absent: none is sent
/// @param concurrency requests that are open at a time
/// @param attempts requests for one answer at most, where the server is busy, out of reach or answers nonsense
/// @param timeoutSeconds for one request, its answer included
/// @param budgetTokens tokens that all answers together may take, prompts included, those of earlier runs too
/// @param budgetMoney money that they may cost, in the currency of the prices
/// @param inputPrice of a million tokens of prompts
/// @param outputPrice of a million tokens of answers
/// @param sendSeed whether the seed of each request is sent; some servers refuse it
public record Endpoint(
        String url,
        Optional<String> model,
        Optional<String> apiKeyEnv,
        @Default("8") int concurrency,
        @Default("6") int attempts,
        @Default("300") double timeoutSeconds,
        Optional<Long> budgetTokens,
        Optional<Double> budgetMoney,
        @Default("0") double inputPrice,
        @Default("0") double outputPrice,
        @Default("true") boolean sendSeed) {
    public Endpoint {
        base(url);
        check(concurrency >= 1 && concurrency <= 4096, "concurrency must lie between 1 and 4096, got " + concurrency);
        check(attempts >= 1 && attempts <= 100, "attempts must lie between 1 and 100, got " + attempts);
        check(
                timeoutSeconds > 0 && timeoutSeconds <= 86_400,
                "timeout_seconds must be positive and at most a day, got " + timeoutSeconds);
        check(budgetTokens.orElse(1L) > 0, "budget_tokens must be positive, got " + budgetTokens.orElse(0L));
        check(budgetMoney.orElse(1.0) > 0, "budget_money must be positive, got " + budgetMoney.orElse(0.0));
        check(inputPrice >= 0 && outputPrice >= 0, "input_price and output_price must not be negative");
        check(
                budgetMoney.isEmpty() || inputPrice > 0 || outputPrice > 0,
                "budget_money needs input_price and output_price, in money a million tokens");
    }

    /// An endpoint under the usual settings.
    public static Endpoint at(String url) {
        return new Endpoint(
                url, Optional.empty(), Optional.empty(), 8, 6, 300, Optional.empty(), Optional.empty(), 0, 0, true);
    }

    /// Whether a text names an endpoint and not a model.
    public static boolean isUrl(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    /// What the paths of calls are put behind.
    String base() {
        return base(url);
    }

    /// Money for so many tokens.
    double cost(long promptTokens, long tokens) {
        return (promptTokens * inputPrice + tokens * outputPrice) / 1e6;
    }

    /// The key that goes with each request.
    ///
    /// @throws RecipeException when the environment lacks the variable
    Optional<String> key(Map<String, String> environment) {
        return apiKeyEnv.map(name -> {
            String key = environment.getOrDefault(name, "").strip();
            if (!key.isEmpty()) return key;
            throw new RecipeException("%s wants its key from the environment variable %s, which is not set; export it"
                    .formatted(url, name));
        });
    }

    private static String base(String url) {
        URI address = address(url);
        check(
                isUrl(url) && address.getHost() != null,
                "url must be an address such as http://127.0.0.1:8000/v1, got '" + url + "'");
        check(
                address.getRawUserInfo() == null && address.getRawQuery() == null,
                "url must hold no password and no query; put a key into an environment variable, and name it with"
                        + " api_key_env");
        String path = address.getRawPath().replaceFirst("/+$", "").replaceFirst("/(chat/)?completions$", "");
        return "%s://%s%s".formatted(address.getScheme(), address.getRawAuthority(), path.isEmpty() ? "/v1" : path);
    }

    private static URI address(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url is no address: '" + url + "'", e);
        }
    }

    private static void check(boolean holds, String rule) {
        if (!holds) throw new IllegalArgumentException(rule);
    }
}
