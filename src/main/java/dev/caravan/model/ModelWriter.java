package dev.caravan.model;

import dev.caravan.io.Store;
import dev.caravan.tensor.Scope;
import dev.caravan.text.TokenContract;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a model as a folder in Hugging Face's layout: weights, configuration, tokenizer and the chat template
/// that it was trained with.
public final class ModelWriter {
    private static final List<String> TOKENIZER_FILES =
            List.of("tokenizer.json", "tokenizer_config.json", "generation_config.json");
    private static final String TEMPLATE_FILE = "chat_template.jinja";

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

    /// Writes a model from disk anew, weights as `type`, with its tokenizer where it has one.
    ///
    /// @param type `F32`, `F16` or `BF16`
    public void convert(Path source, Path folder, ElementType type) {
        try (var files = ModelFiles.open(source);
                var arena = Arena.ofConfined()) {
            store.createFolder(folder);
            store.write(folder.resolve("config.json"), files.config().toJson(type));
            Map<String, long[]> shapes = files.config().tensorShapes();
            long largest = shapes.values().stream()
                    .mapToLong(StoredTensor::elements)
                    .max()
                    .orElse(0);
            MemorySegment buffer = arena.allocate(largest * Float.BYTES, Float.BYTES);
            List<StoredTensor> tensors = shapes.entrySet().stream()
                    .map(t -> StoredTensor.of(
                            t.getKey(), type, t.getValue(), () -> floats(files.weights(), t.getKey(), buffer)))
                    .toList();
            store.writeChannel(folder.resolve(SafeTensors.FILE), out -> SafeTensors.write(out, tensors));
        }
        copy(source, folder, TOKENIZER_FILES);
        copy(source, folder, List.of(TEMPLATE_FILE));
        if (!Files.exists(folder.resolve("tokenizer.json")) && ModelTokens.arePresent(source)) {
            writeTokenizer(folder, ModelTokens.contract(source, Optional.empty()));
        }
    }

    /// One tensor's numbers, at the beginning of a buffer that all share.
    private static MemorySegment floats(Weights weights, String name, MemorySegment buffer) {
        MemorySegment floats = buffer.asSlice(0, weights.elements(name) * Float.BYTES);
        weights.copyAsFloat(name, floats);
        return floats;
    }

    /// Adds the tokenizer of the model that this one comes from, with the template of the contract.
    ///
    /// @param source the folder or file of that model
    public void writeTokenizer(Path folder, Path source, TokenContract contract) {
        copy(source, folder, TOKENIZER_FILES);
        writeTokenizer(folder, contract);
    }

    private void copy(Path source, Path folder, List<String> names) {
        for (String name : names) {
            Path file = source.resolve(name);
            if (Files.isRegularFile(file)) {
                store.write(folder.resolve(name), out -> Files.copy(file, out));
            }
        }
    }

    /// Writes a tokenizer that comes from no other model.
    public void writeTokenizer(Path folder, TokenContract contract) {
        writeMissing(folder, contract);
        store.write(folder.resolve(TEMPLATE_FILE), contract.template().source());
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
        control.begin()
                .ifPresent(id -> config.put("bos_token", contract.tokenizer().token(id)));
        control.end()
                .ifPresent(id -> config.put("eos_token", contract.tokenizer().token(id)));
        control.pad()
                .ifPresent(id -> config.put("pad_token", contract.tokenizer().token(id)));
        return dev.caravan.io.Json.write(config);
    }
}
