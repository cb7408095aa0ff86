package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.text.TokenContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A model on disk: a folder in Hugging Face's layout, a GGUF file, or a folder with one GGUF file.
///
/// Where a folder has both, safetensors are preferred, and `config.json` to the GGUF's metadata. A tokenizer may be
/// absent: token ids are enough to score and to generate.
public final class ModelFiles implements AutoCloseable {
    private static final String CONFIG = "config.json";
    private static final String GENERATION_CONFIG = "generation_config.json";

    private final Path path;
    private final Weights weights;
    private final ModelConfig config;
    private final Optional<GgufTokenizer> ggufTokenizer;

    private ModelFiles(Path path, Weights weights, ModelConfig config, Optional<GgufTokenizer> ggufTokenizer) {
        this.path = path;
        this.weights = weights;
        this.config = config;
        this.ggufTokenizer = ggufTokenizer;
    }

    /// Opens the model and checks that its weights are those that its configuration describes.
    ///
    /// @throws DataException when there is no model, or it contradicts itself or is not supported
    public static ModelFiles open(Path path) {
        if (Files.isRegularFile(path)) {
            return openFile(path);
        }
        if (!Files.isDirectory(path)) {
            throw new DataException("%s: no such model; it must be a folder or a .gguf file".formatted(path));
        }
        if (SafeTensors.isIn(path)) {
            ModelConfig config = folderConfig(path);
            return checked(path, SafeTensors.open(path), config, Optional.empty());
        }
        Optional<ModelConfig> config =
                Files.exists(path.resolve(CONFIG)) ? Optional.of(folderConfig(path)) : Optional.empty();
        Gguf gguf = Gguf.open(onlyGguf(path));
        return checked(path, gguf, config.orElse(gguf.config()), gguf.tokenizer());
    }

    private static ModelFiles openFile(Path file) {
        if (!file.toString().endsWith(".gguf")) {
            throw new DataException("%s: a model must be a folder or a .gguf file".formatted(file));
        }
        Gguf gguf = Gguf.open(file);
        return new ModelFiles(file, gguf, gguf.config(), gguf.tokenizer());
    }

    private static ModelFiles checked(
            Path path, Weights weights, ModelConfig config, Optional<GgufTokenizer> ggufTokenizer) {
        try {
            ModelTensors.check(config, weights, path);
            return new ModelFiles(path, weights, config, ggufTokenizer);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private static ModelConfig folderConfig(Path folder) {
        ModelConfig config = ModelConfig.read(folder.resolve(CONFIG));
        Path generation = folder.resolve(GENERATION_CONFIG);
        return Files.exists(generation) ? GenerationConfig.read(generation).addTo(config) : config;
    }

    private static Path onlyGguf(Path folder) {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found = files.filter(file -> file.toString().endsWith(".gguf"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
        if (found.size() != 1) {
            throw new DataException("%s: must hold %s, %s or one .gguf file; it holds %d .gguf files"
                    .formatted(folder, SafeTensors.FILE, SafeTensors.INDEX, found.size()));
        }
        return found.getFirst();
    }

    /// The configuration, with the end tokens of `generation_config.json` after its own.
    public ModelConfig config() {
        return config;
    }

    /// The weights; closed together with this.
    public Weights weights() {
        return weights;
    }

    /// The type that holds the embedding's numbers, and as a rule those of the other matrices.
    public ElementType storedType() {
        return weights.type("model.embed_tokens.weight");
    }

    /// The tokenizer in the GGUF's metadata, or empty when the weights are not a GGUF file or it holds none.
    public Optional<GgufTokenizer> ggufTokenizer() {
        return ggufTokenizer;
    }

    /// How this model reads and writes messages.
    ///
    /// @param template `own`, `tulu` or a file
    /// @throws DataException when there is no tokenizer
    public TokenContract contract(String template) {
        if (tokenizerJson().isPresent()) {
            return TokenContract.load(path, template);
        }
        return ggufTokenizer
                .map(tokenizer -> tokenizer.contract(template, config.endTokenIds()))
                .orElseThrow(() -> new DataException(
                        "%s: has no tokenizer; put the model's tokenizer.json beside its weights".formatted(path)));
    }

    /// `tokenizer.json`, if the model has one.
    public Optional<Path> tokenizerJson() {
        return sibling("tokenizer.json");
    }

    /// `tokenizer_config.json`, if the model has one.
    public Optional<Path> tokenizerConfigJson() {
        return sibling("tokenizer_config.json");
    }

    /// `chat_template.jinja`, if the model has one.
    public Optional<Path> chatTemplate() {
        return sibling("chat_template.jinja");
    }

    private Optional<Path> sibling(String name) {
        Path file = path.resolve(name);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    @Override
    public void close() {
        weights.close();
    }
}
