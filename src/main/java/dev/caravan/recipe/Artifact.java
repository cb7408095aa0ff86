package dev.caravan.recipe;

import java.nio.file.Files;
import java.nio.file.Path;

/// What a stage can give to the next.
public enum Artifact {
    /// Rows of `data.Conversation`.
    CONVERSATIONS("conversations", "data.jsonl"),
    /// Rows of `data.Prompt`.
    PROMPTS("prompts", "prompts.jsonl"),
    /// Rows of `data.PreferencePair`.
    PAIRS("preference pairs", "pairs.jsonl"),
    /// Rows `{"persona": …}`.
    PERSONAS("personas", "personas.jsonl"),
    /// A folder of texts for a model.
    PROMPT_FILES("prompt files", "prompt-files"),
    /// A folder in Hugging Face layout.
    MODEL("a model", "model"),
    /// The results of an evaluation.
    SCORES("scores", "scores.json");

    private final String noun;
    private final String file;

    Artifact(String noun, String file) {
        this.noun = noun;
        this.file = file;
    }

    /// The file or folder that holds it in the folder of a stage.
    public String file() {
        return file;
    }

    /// Where it lies: inside a folder that follows the naming of stages, or else the path itself.
    Path at(Path path) {
        Path inside = path.resolve(file);
        return Files.exists(inside) ? inside : path;
    }

    /// Its name in messages.
    @Override
    public String toString() {
        return noun;
    }
}
