package dev.caravan.recipe;

/// The rows that data stages handle.
public enum RowKind {
    CONVERSATIONS(Artifact.CONVERSATIONS),
    PROMPTS(Artifact.PROMPTS),
    PAIRS(Artifact.PAIRS);

    private final Artifact artifact;

    RowKind(Artifact artifact) {
        this.artifact = artifact;
    }

    Artifact artifact() {
        return artifact;
    }
}
