package dev.caravan.text;

import dev.caravan.DataException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The pre-tokenisers that model files name instead of spelling out, as GGUF's `tokenizer.ggml.pre` does.
///
/// @param nfc whether the family composes text first
/// @param ignoreMerges whether the family takes a piece that is a token as it stands
record PreTokenizers(PreTokenizer preTokenizer, boolean nfc, boolean ignoreMerges) {
    private static final PreTokenizers GPT2 = new PreTokenizers(new PreTokenizer.ByteLevel(true), false, false);
    private static final PreTokenizers DIGITS_THEN_GPT2 = new PreTokenizers(
            new PreTokenizer.Sequence(List.of(new PreTokenizer.Digits(true), new PreTokenizer.ByteLevel(true))),
            false,
            false);
    private static final PreTokenizers LLAMA3 = pattern(WordPattern.LLAMA3, false, true);
    private static final PreTokenizers CL100K = pattern(WordPattern.LLAMA3, false, false);
    private static final PreTokenizers QWEN2 = pattern(WordPattern.QWEN2, true, false);

    private static final Map<String, PreTokenizers> BY_NAME = new TreeMap<>(Map.ofEntries(
            Map.entry("gpt-2", GPT2),
            Map.entry("default", GPT2),
            Map.entry("olmo", GPT2),
            Map.entry("smollm", DIGITS_THEN_GPT2),
            Map.entry("llama-bpe", LLAMA3),
            Map.entry("llama3", LLAMA3),
            Map.entry("dbrx", CL100K),
            Map.entry("smaug-bpe", CL100K),
            Map.entry("qwen2", QWEN2)));

    private static PreTokenizers pattern(WordPattern pattern, boolean nfc, boolean ignoreMerges) {
        return new PreTokenizers(new PreTokenizer.Split(pattern.regex(), false), nfc, ignoreMerges);
    }

    static PreTokenizers named(String name) {
        PreTokenizers found = BY_NAME.get(name);
        if (found != null) return found;
        throw new DataException("pre-tokenizer '" + name + "' is not known; known are " + BY_NAME.keySet()
                + "; put the model's tokenizer.json beside the file");
    }
}
