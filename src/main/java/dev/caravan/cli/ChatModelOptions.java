package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.generate.ChatModel;
import dev.caravan.generate.Endpoint;
import dev.caravan.generate.EndpointModel;
import dev.caravan.generate.KeptModel;
import dev.caravan.generate.LocalModel;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import dev.caravan.model.CausalLm;
import dev.caravan.model.ModelTokens;
import dev.caravan.recipe.HubCache;
import dev.caravan.text.TokenContract;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How whoever answers is used, a model of this machine or an endpoint; commands say themselves who it is.
final class ChatModelOptions {
    private static final int PORTION = 512; // answers of a model that are kept together

    @Mixin
    private final EndpointOptions endpoint;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final BatchOption batch = new BatchOption();

    @Option(
            names = "--template",
            paramLabel = "T",
            description = "how messages become text for a model: tulu, own or a file (default: the model's own, else"
                    + " tulu)")
    private Optional<String> template = Optional.empty();

    ChatModelOptions() {
        this(new EndpointOptions());
    }

    private ChatModelOptions(EndpointOptions endpoint) {
        this.endpoint = endpoint;
    }

    /// Those of a judge beside the model, which a user sets less of.
    ///
    /// @param name of the model as an endpoint calls it
    /// @param keyEnv the environment variable with an endpoint's key
    static ChatModelOptions ofJudge(Optional<String> name, Optional<String> keyEnv) {
        return new ChatModelOptions(new EndpointOptions(name, keyEnv));
    }

    /// @param who a model, or the URL of an endpoint
    /// @param answers where an endpoint's answers are kept
    ChatModel open(String who, Store store, Path answers) {
        if (Endpoint.isUrl(who)) return EndpointModel.open(endpoint.at(who), System.getenv(), store, answers);
        Path path = HubCache.ofThisUser().model(who);
        TokenContract contract = ModelTokens.contract(path, template);
        CausalLm model = CausalLm.open(path, engine.start());
        return new LocalModel(who, model, contract, maxTokens -> batch.size(model.config(), maxTokens));
    }

    /// As [#open], with the answers of a model of this machine kept beside those of endpoints, in a file of its own.
    ChatModel openKept(String who, Store store, Path answers) {
        ChatModel model = open(who, store, answers);
        if (Endpoint.isUrl(who)) return model;
        String depends = Sha256.of(fingerprint(who, model, true)).substring(0, 12);
        return new KeptModel(model, store, answers.resolveSibling("answers-" + depends + ".jsonl"), PORTION);
    }

    /// What answers depend on beside what is asked.
    ///
    /// @param model that was opened for `who`
    /// @param weights whether those of a model on this machine are read for it; without them it holds for this
    ///     process alone
    String fingerprint(String who, ChatModel model, boolean weights) {
        if (Endpoint.isUrl(who)) return who + "\n" + model.name();
        Path path = HubCache.ofThisUser().model(who);
        return String.join(
                "\n",
                weights ? Sha256.of(path) : "",
                engine.start().label(),
                ModelTokens.contract(path, template).template().source());
    }

    /// The one of two options that was given.
    static String either(Optional<String> model, Optional<String> endpoint) {
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
