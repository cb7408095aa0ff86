package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Endpoint;
import dev.caravan.generate.EndpointModel;
import dev.caravan.generate.LocalModel;
import dev.caravan.io.Store;
import dev.caravan.model.CausalLm;
import dev.caravan.recipe.HubCache;
import dev.caravan.recipe.LoadedModel;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How whoever answers is used, a model of this machine or an endpoint; commands say themselves who it is.
final class ChatModelOptions {
    @Mixin
    private final EndpointOptions endpoint = new EndpointOptions();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final BatchOption batch = new BatchOption();

    @Option(
            names = "--template",
            paramLabel = "T",
            description = "how messages become text for a model: own, tulu or a file (default: ${DEFAULT-VALUE})")
    private String template = "own";

    /// @param who a model, or the URL of an endpoint
    /// @param answers where an endpoint's answers are kept
    /// @param maxTokens of an answer
    ChatModel open(String who, Store store, Path answers, int maxTokens) {
        if (Endpoint.isUrl(who)) return EndpointModel.open(endpoint.at(who), System.getenv(), store, answers);
        Path path = HubCache.ofThisUser().model(who);
        LoadedModel source = LoadedModel.open(path, template);
        CausalLm model = source.frozen(engine.start());
        try {
            return new LocalModel(who, model, source.contract(), batch.size(model.config(), maxTokens));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /// The one of two options that was given.
    static String either(java.util.Optional<String> model, java.util.Optional<String> endpoint) {
        if (model.isPresent() == endpoint.isPresent()) {
            throw new RecipeException("give either --model M or --endpoint URL");
        }
        return model.or(() -> endpoint.map(ChatModelOptions::url)).orElseThrow();
    }

    private static String url(String endpoint) {
        if (Endpoint.isUrl(endpoint)) return endpoint;
        throw new RecipeException(
                "--endpoint must be an address such as http://127.0.0.1:8000/v1, got '" + endpoint + "'");
    }
}
