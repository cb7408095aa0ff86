package dev.caravan.curate;

/// An embedder on the class path. Its jar names the implementing class in
/// `META-INF/services/dev.caravan.curate.EmbedderProvider`; recipes then name it by [#name].
public interface EmbedderProvider {
    String name();

    /// Loads it.
    Embedder open();
}
