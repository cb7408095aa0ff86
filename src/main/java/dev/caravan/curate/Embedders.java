package dev.caravan.curate;

import dev.caravan.RecipeException;
import java.util.List;
import java.util.ServiceLoader;

/// The embedders by name, as [ServiceLoader] finds them. None is built in: their models are as large as all the rest.
public final class Embedders {
    private Embedders() {}

    /// @throws RecipeException when there is none of that name, or several
    public static Embedder named(String name) {
        return provider(name).open();
    }

    static EmbedderProvider provider(String name) {
        return provider(
                name,
                ServiceLoader.load(EmbedderProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    static EmbedderProvider provider(String name, List<? extends EmbedderProvider> providers) {
        List<? extends EmbedderProvider> found = providers.stream()
                .filter(provider -> provider.name().equals(name))
                .toList();
        if (found.size() == 1) return found.getFirst();
        if (found.size() > 1) {
            throw new RecipeException("two embedders are named '%s'; a name belongs to one".formatted(name));
        }
        throw new RecipeException(
                ("there is no embedder '%s'; on the class path are %s. Embedders come in jars of their own: `make"
                                + " embeddings` builds that of minilm and says what CARAVAN_CLASSPATH must be; one of"
                                + " your own is a %s")
                        .formatted(
                                name,
                                providers.stream().map(EmbedderProvider::name).toList(),
                                EmbedderProvider.class.getName()));
    }
}
