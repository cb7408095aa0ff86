package dev.caravan.model;

import dev.caravan.io.Store;
import dev.caravan.tensor.Scope;
import dev.caravan.text.TokenContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a model as a folder in Hugging Face's layout: weights, configuration, tokenizer and the chat template that it
/// was trained with.
public final class ModelWriter {
    private final Store store;

    public ModelWriter(Store store) {
        this.store = store;
    }

    /// Writes weights and configuration.
    public void write(Path folder, ModelConfig config, List<Parameter> parameters) {
        store.createFolder(folder);
        store.write(folder.resolve("config.json"), config.toJson(ElementType.F32));
        var tensors = new ArrayList<StoredTensor>();
        for (Parameter parameter : parameters) {
            for (Parameter.Part part : parameter.parts()) {
                tensors.add(StoredTensor.of(
                        part.name(),
                        ElementType.F32,
                        part.shape(),
                        () -> parameter.part(part).memory()));
            }
        }
        store.writeChannel(folder.resolve(SafeTensors.FILE), out -> {
            try (var _ = Scope.open()) {
                SafeTensors.write(out, tensors);
            }
        });
    }

    /// Adds the tokenizer of the model that this one comes from, with the template of the contract.
    ///
    /// @param source the folder or file of that model
    public void writeTokenizer(Path folder, Path source, TokenContract contract) {
        for (String name : List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json")) {
            Path file = source.resolve(name);
            if (Files.isRegularFile(file)) {
                store.write(folder.resolve(name), out -> Files.copy(file, out));
            }
        }
        writeMissing(folder, contract);
        store.write(folder.resolve("chat_template.jinja"), contract.template().source());
    }

    /// Writes a tokenizer that comes from no other model.
    public void writeTokenizer(Path folder, TokenContract contract) {
        writeMissing(folder, contract);
        store.write(folder.resolve("chat_template.jinja"), contract.template().source());
    }

    private void writeMissing(Path folder, TokenContract contract) {
        if (!Files.exists(folder.resolve("tokenizer.json"))) {
            store.write(folder.resolve("tokenizer.json"), contract.tokenizer().toJson());
        }
        if (!Files.exists(folder.resolve("tokenizer_config.json"))) {
            store.write(folder.resolve("tokenizer_config.json"), tokenizerConfig(contract));
        }
        if (!Files.exists(folder.resolve("generation_config.json"))) {
            store.write(
                    folder.resolve("generation_config.json"),
                    dev.caravan.io.Json.write(Map.of("eos_token_id", contract.endTokenIds())));
        }
    }

    private static String tokenizerConfig(TokenContract contract) {
        var control = contract.controlTokens();
        var config = new LinkedHashMap<String, Object>();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("add_bos_token", control.beginsText());
        control.begin().ifPresent(id -> config.put("bos_token", contract.tokenizer().token(id)));
        control.end().ifPresent(id -> config.put("eos_token", contract.tokenizer().token(id)));
        control.pad().ifPresent(id -> config.put("pad_token", contract.tokenizer().token(id)));
        return dev.caravan.io.Json.write(config);
    }
}
