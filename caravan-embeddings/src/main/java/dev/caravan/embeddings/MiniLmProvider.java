package dev.caravan.embeddings;

import dev.caravan.curate.Embedder;
import dev.caravan.curate.EmbedderProvider;

/// The embedder `minilm`.
public final class MiniLmProvider implements EmbedderProvider {
    @Override
    public String name() {
        return "minilm";
    }

    @Override
    public Embedder open() {
        return MiniLm.load();
    }
}
