package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.generate.Endpoint;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How an endpoint is used, for every command that can ask one.
final class EndpointOptions {
    @Option(
            names = "--endpoint-model",
            paramLabel = "N",
            description = "the model as the endpoint calls it (default: the only one that it lists)")
    private Optional<String> model;

    @Option(
            names = "--api-key-env",
            paramLabel = "NAME",
            description = "the environment variable with the endpoint's key (default: no key is sent)")
    private Optional<String> apiKeyEnv;

    @Option(names = "--concurrency", paramLabel = "N", description = "open requests (default: ${DEFAULT-VALUE})")
    private int concurrency = 8;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "requests for one answer at most (default: ${DEFAULT-VALUE})")
    private int attempts = 6;

    @Option(
            names = "--timeout",
            paramLabel = "S",
            description = "seconds for one request, its answer included (default: ${DEFAULT-VALUE})")
    private double timeoutSeconds = 300;

    @Option(
            names = "--budget-tokens",
            paramLabel = "N",
            description = "tokens that all answers may take, earlier runs and prompts included")
    private Optional<Long> budgetTokens = Optional.empty();

    @Option(
            names = "--budget",
            paramLabel = "MONEY",
            description = "money that all answers may cost, in the currency of the prices")
    private Optional<Double> budgetMoney = Optional.empty();

    @Option(names = "--input-price", paramLabel = "P", description = "of a million tokens of prompts")
    private double inputPrice;

    @Option(names = "--output-price", paramLabel = "P", description = "of a million tokens of answers")
    private double outputPrice;

    @Option(names = "--no-seed", description = "send no seeds to the endpoint, for those that refuse them")
    private boolean noSeed;

    EndpointOptions() {
        this(Optional.empty(), Optional.empty());
    }

    EndpointOptions(Optional<String> model, Optional<String> apiKeyEnv) {
        this.model = model;
        this.apiKeyEnv = apiKeyEnv;
    }

    /// @throws RecipeException when the settings cannot work
    Endpoint at(String url) {
        try {
            return new Endpoint(
                    url,
                    model,
                    apiKeyEnv,
                    concurrency,
                    attempts,
                    timeoutSeconds,
                    budgetTokens,
                    budgetMoney,
                    inputPrice,
                    outputPrice,
                    !noSeed);
        } catch (IllegalArgumentException e) {
            throw new RecipeException("endpoint: " + e.getMessage());
        }
    }
}
