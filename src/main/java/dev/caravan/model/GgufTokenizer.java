package dev.caravan.model;

import dev.caravan.DataException;
import dev.caravan.text.AddedToken;
import dev.caravan.text.ChatTemplate;
import dev.caravan.text.ControlTokens;
import dev.caravan.text.TokenContract;
import dev.caravan.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The tokenizer that lies in a GGUF file's metadata, as it is written there.
///
/// @param model the algorithm: `gpt2` for byte-level BPE, `llama` for SentencePiece
/// @param pre the name of the rule that splits text into words, such as `llama-bpe` or `smollm`
/// @param tokens the text of each id, for `gpt2` in the byte-level alphabet
/// @param merges pairs of tokens, `left right`, the earliest first
/// @param tokenTypes for each id: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte; may be empty
/// @param scores SentencePiece's log-probability of each id; may be empty
/// @param addBeginToken whether text begins with `beginTokenId`
/// @param addSpacePrefix whether a space is put before text
public record GgufTokenizer(
        String model,
        Optional<String> pre,
        List<String> tokens,
        List<String> merges,
        List<Integer> tokenTypes,
        List<Double> scores,
        OptionalInt beginTokenId,
        OptionalInt endTokenId,
        OptionalInt unknownTokenId,
        OptionalInt padTokenId,
        Optional<Boolean> addBeginToken,
        Optional<Boolean> addSpacePrefix,
        Optional<String> chatTemplate) {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    /// The tokenizer in this metadata, or empty when there is none.
    static Optional<GgufTokenizer> in(GgufMetadata metadata) {
        Optional<String> model = metadata.optionalText(PREFIX + "model");
        return model.map(name -> new GgufTokenizer(
                name,
                metadata.optionalText(PREFIX + "pre"),
                metadata.list(PREFIX + "tokens", String.class),
                metadata.list(PREFIX + "merges", String.class),
                metadata.list(PREFIX + "token_type", Long.class).stream()
                        .map(Math::toIntExact)
                        .toList(),
                metadata.list(PREFIX + "scores", Double.class),
                metadata.optionalInteger(PREFIX + "bos_token_id"),
                metadata.optionalInteger(PREFIX + "eos_token_id"),
                metadata.optionalInteger(PREFIX + "unknown_token_id"),
                metadata.optionalInteger(PREFIX + "padding_token_id"),
                metadata.flag(PREFIX + "add_bos_token"),
                metadata.flag(PREFIX + "add_space_prefix"),
                metadata.optionalText("tokenizer.chat_template")));
    }

    /// How the model reads and writes messages.
    ///
    /// @param template `own`, `tulu` or a file
    /// @param ends further end tokens of the model
    TokenContract contract(String template, List<Integer> ends) {
        if (!model.equals("gpt2")) {
            throw new DataException("the GGUF's tokenizer is of kind '" + model
                    + "', but only gpt2 (byte-level BPE) is known; put the model's tokenizer.json beside it");
        }
        var added = new ArrayList<AddedToken>();
        for (int id = 0; id < tokenTypes.size(); id++) {
            if (tokenTypes.get(id) == CONTROL || tokenTypes.get(id) == USER_DEFINED) {
                added.add(new AddedToken(id, tokens.get(id), tokenTypes.get(id) == CONTROL, false, false, false));
            }
        }
        var tokenizer = Tokenizer.ofKind(pre.orElse("gpt-2"), tokens, merges, added);
        var control = new ControlTokens(beginTokenId, endTokenId, ends, padTokenId, addBeginToken.orElse(false));
        return TokenContract.of(tokenizer, ChatTemplate.named(template, chatTemplate), control);
    }
}
