package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.text.AddedToken;
import dev.caravan.text.ChatTemplate;
import dev.caravan.text.ControlTokens;
import dev.caravan.text.TokenContract;
import dev.caravan.text.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tokenizer and token contract of a model on disk: from `tokenizer.json` where the folder has one, else from the
/// GGUF's metadata.
public final class ModelTokens {
    private static final int CONTROL = 3; // GGUF's token types
    private static final int USER_DEFINED = 4;
    private static final String BYTE_LEVEL_BPE = "gpt2";

    private ModelTokens() {}

    /// Whether the model has a tokenizer of a kind that can be read.
    public static boolean arePresent(Path model) {
        if (isFolderWithTokenizer(model)) return true;
        try (var files = ModelFiles.open(model)) {
            return files.ggufTokenizer()
                    .filter(gguf -> gguf.model().equals(BYTE_LEVEL_BPE))
                    .isPresent();
        }
    }

    public static Tokenizer tokenizer(Path model) {
        return isFolderWithTokenizer(model) ? Tokenizer.ofModel(model) : tokenizer(gguf(model), model);
    }

    /// @param template `tulu`, `own`, a file, or nothing for the model's own or else `tulu`
    public static TokenContract contract(Path model, Optional<String> template) {
        if (isFolderWithTokenizer(model)) {
            return template.map(name -> TokenContract.load(model, name)).orElseGet(() -> TokenContract.load(model));
        }
        GgufTokenizer gguf = gguf(model);
        String name = template.orElse(gguf.chatTemplate().isPresent() ? ChatTemplate.OWN : ChatTemplate.TULU);
        return TokenContract.of(
                tokenizer(gguf, model), ChatTemplate.named(name, gguf.chatTemplate()), controlTokens(gguf));
    }

    private static boolean isFolderWithTokenizer(Path model) {
        return Files.exists(model.resolve("tokenizer.json"));
    }

    private static GgufTokenizer gguf(Path model) {
        try (var files = ModelFiles.open(model)) {
            return files.ggufTokenizer()
                    .orElseThrow(() -> new DataException(
                            model + " has no tokenizer; put the model's tokenizer.json beside its weights"));
        }
    }

    private static Tokenizer tokenizer(GgufTokenizer gguf, Path model) {
        if (!gguf.model().equals(BYTE_LEVEL_BPE)) {
            throw new DataException(
                    model + " has a tokenizer of kind '" + gguf.model() + "'; supported is byte-level BPE ('gpt2')");
        }
        return Tokenizer.ofKind(gguf.pre().orElse("default"), gguf.tokens(), gguf.merges(), addedTokens(gguf));
    }

    private static List<AddedToken> addedTokens(GgufTokenizer gguf) {
        var added = new ArrayList<AddedToken>();
        for (int id = 0; id < gguf.tokenTypes().size(); id++) {
            int type = gguf.tokenTypes().get(id);
            String content = gguf.tokens().get(id);
            if (type == CONTROL) added.add(AddedToken.special(id, content));
            if (type == USER_DEFINED) added.add(AddedToken.ordinary(id, content));
        }
        return added;
    }

    private static ControlTokens controlTokens(GgufTokenizer gguf) {
        return new ControlTokens(
                gguf.beginTokenId(),
                gguf.endTokenId(),
                List.of(),
                gguf.padTokenId(),
                gguf.addBeginToken().orElse(false));
    }
}
