package dev.caravan.cli;

import dev.caravan.RecipeException;
import dev.caravan.io.Store;
import dev.caravan.model.ElementType;
import dev.caravan.model.ModelFiles;
import dev.caravan.model.ModelWriter;
import dev.caravan.recipe.HubCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `caravan convert`: a model as a folder in Hugging Face's layout.
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description = "Write a model, GGUF or safetensors, as a folder with safetensors in another number format.")
final class ConvertCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SRC", description = "a model's folder, a GGUF file, or hf:org/name@revision")
    private String source = "";

    @Parameters(index = "1", paramLabel = "DST", description = "the folder to write, which must not exist yet")
    private Path destination = Path.of("");

    @Option(names = "--to", paramLabel = "safetensors", description = "the format (default: ${DEFAULT-VALUE})")
    private String format = "safetensors";

    @Option(
            names = "--type",
            paramLabel = "f32|f16|bf16",
            description = "the weights' type (default: the source's; f32 for a quantised one)")
    private Optional<String> type = Optional.empty();

    @Override
    public Integer call() {
        Path model = HubCache.ofThisUser().model(source);
        if (!format.equals("safetensors")) throw new RecipeException("--to must be safetensors, got '" + format + "'");
        if (Files.exists(destination)) throw new RecipeException(destination + " exists already; name a new folder");
        ElementType element = type.map(ConvertCommand::named).orElseGet(() -> own(model));
        var store = new Store();
        new ModelWriter(store).convert(model, store.draftFolder(destination), element);
        store.publishFolder(destination);
        return 0;
    }

    private static ElementType named(String name) {
        return switch (name) {
            case "f32" -> ElementType.F32;
            case "f16" -> ElementType.F16;
            case "bf16" -> ElementType.BF16;
            default -> throw new RecipeException("--type must be f32, f16 or bf16, got '" + name + "'");
        };
    }

    private static ElementType own(Path model) {
        try (var files = ModelFiles.open(model)) {
            ElementType stored = files.storedType();
            return stored == ElementType.F16 || stored == ElementType.BF16 ? stored : ElementType.F32;
        }
    }
}
