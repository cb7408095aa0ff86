package dev.caravan.model;

import dev.caravan.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// The families of transformers that Caravan computes, under the names of Hugging Face.
public enum Architecture {
    /// Root-mean-square norms, rotary positions, grouped-query attention and a gated SiLU feed-forward layer, without
    /// biases: Llama 2 and 3, SmolLM2, Tülu 3.
    LLAMA("llama", "LlamaForCausalLM", "LlamaForSequenceClassification");

    private final String modelType;
    private final String causalName;
    private final String classifierName;

    Architecture(String modelType, String causalName, String classifierName) {
        this.modelType = modelType;
        this.causalName = causalName;
        this.classifierName = classifierName;
    }

    /// `model_type` in `config.json`, and `general.architecture` in a GGUF file.
    public String modelType() {
        return modelType;
    }

    /// The class that `config.json` names for a language model, or for a model whose head gives scores per label.
    String className(boolean labels) {
        return labels ? classifierName : causalName;
    }

    boolean isClassifier(String className) {
        return classifierName.equals(className);
    }

    static Architecture ofClass(String className, Path file) {
        return Arrays.stream(values())
                .filter(a -> a.causalName.equals(className) || a.classifierName.equals(className))
                .findFirst()
                .orElseThrow(() -> unknown(className, file, knownClasses()));
    }

    static Architecture ofModelType(String modelType, Path file) {
        return Arrays.stream(values())
                .filter(a -> a.modelType.equals(modelType))
                .findFirst()
                .orElseThrow(() -> unknown(modelType, file, knownModelTypes()));
    }

    private static String knownClasses() {
        return Arrays.stream(values())
                .map(a -> a.causalName + ", " + a.classifierName)
                .collect(Collectors.joining(", "));
    }

    private static String knownModelTypes() {
        return Arrays.stream(values()).map(Architecture::modelType).collect(Collectors.joining(", "));
    }

    private static DataException unknown(String name, Path file, String known) {
        return new DataException("%s: architecture \"%s\" is not supported; known: %s".formatted(file, name, known));
    }
}
