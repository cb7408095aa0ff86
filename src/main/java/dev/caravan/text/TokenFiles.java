package dev.caravan.text;

import dev.caravan.DataException;
import dev.caravan.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// What a model's folder in Hugging Face layout says about its tokens.
///
/// @param own the source of the model's own chat template, if it has one
record TokenFiles(Path folder, Tokenizer tokenizer, ControlTokens control, Optional<String> own) {
    private static final Set<String> GPT2_CLASSES = Set.of("GPT2Tokenizer", "GPT2TokenizerFast");

    static TokenFiles read(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.exists(file)) {
            throw new DataException(folder + " has no tokenizer.json; put the model's tokenizer.json there");
        }
        JsonNode config = json(folder.resolve("tokenizer_config.json"));
        Tokenizer tokenizer = asClassSays(Tokenizer.load(file), config);
        JsonNode generation = json(folder.resolve("generation_config.json"));
        JsonNode model = json(folder.resolve("config.json"));
        var control = control(tokenizer, config, generation, model);
        return new TokenFiles(folder, tokenizer, control, ownTemplate(folder, config));
    }

    /// Transformers 5 lets the class overrule the file: a `GPT2Tokenizer` splits by GPT-2's pattern alone, whatever
    /// `tokenizer.json` says. SmolLM2 is such a model: its file sets digits apart first, which gives
    /// other ids where several spaces stand before a number.
    private static Tokenizer asClassSays(Tokenizer tokenizer, JsonNode config) {
        boolean gpt2 = GPT2_CLASSES.contains(config.path("tokenizer_class").asString(""));
        return gpt2 ? tokenizer.withPreTokenizer(new PreTokenizer.ByteLevel(true)) : tokenizer;
    }

    private static JsonNode json(Path file) {
        if (!Files.exists(file)) return MissingNode.getInstance();
        try {
            return Json.tree(text(file));
        } catch (DataException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new DataException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ControlTokens control(Tokenizer tokenizer, JsonNode config, JsonNode generation, JsonNode model) {
        List<Integer> ends = ids(generation.path("eos_token_id"));
        if (ends.isEmpty()) ends = ids(model.path("eos_token_id"));
        OptionalInt begin = id(tokenizer, config, generation, model, "bos");
        OptionalInt end = id(tokenizer, config, generation, model, "eos");
        OptionalInt pad = id(tokenizer, config, generation, model, "pad");
        boolean beginsText =
                config.path("add_bos_token").asBoolean(tokenizer.leadingToken().isPresent());
        return new ControlTokens(begin.isPresent() ? begin : tokenizer.leadingToken(), end, ends, pad, beginsText);
    }

    /// The token that `tokenizer_config.json` names, else the first id that the other files name.
    private static OptionalInt id(
            Tokenizer tokenizer, JsonNode config, JsonNode generation, JsonNode model, String name) {
        JsonNode token = config.path(name + "_token");
        String content = token.isObject() ? token.path("content").asString("") : token.asString("");
        if (!content.isEmpty() && tokenizer.id(content).isPresent()) return tokenizer.id(content);
        List<Integer> ids = new ArrayList<>(ids(generation.path(name + "_token_id")));
        ids.addAll(ids(model.path(name + "_token_id")));
        return ids.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ids.getFirst());
    }

    private static List<Integer> ids(JsonNode node) {
        if (node.isInt()) return List.of(node.asInt());
        var ids = new ArrayList<Integer>();
        for (JsonNode id : node) ids.add(id.asInt());
        return ids;
    }

    private static Optional<String> ownTemplate(Path folder, JsonNode config) {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.exists(file)) return Optional.of(text(file));
        JsonNode template = config.path("chat_template");
        if (template.isString()) return Optional.of(template.asString());
        return template.valueStream()
                .filter(named -> named.path("name").asString("").equals("default"))
                .map(named -> named.path("template").asString())
                .findFirst();
    }
}
