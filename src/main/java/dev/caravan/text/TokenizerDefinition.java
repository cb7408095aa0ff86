package dev.caravan.text;

import java.util.List;
import java.util.OptionalInt;

/// What a byte-level BPE tokenizer consists of.
///
/// @param tokens the vocabulary by id, written in the byte alphabet; empty where an id stands for nothing
/// @param merges `left right`, the highest priority first
/// @param added tokens that are matched whole; their ids may lie inside `tokens` or beyond
/// @param nfc whether text is brought to Unicode's composed form first
/// @param ignoreMerges whether a piece that is a token is taken as such, whatever the merges say
/// @param leading the token that the tokenizer puts before a plain text, if any: most often the beginning of text
public record TokenizerDefinition(
        List<String> tokens,
        List<String> merges,
        List<AddedToken> added,
        PreTokenizer preTokenizer,
        boolean nfc,
        boolean ignoreMerges,
        OptionalInt leading) {
    public TokenizerDefinition {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
        added = List.copyOf(added);
    }
}
