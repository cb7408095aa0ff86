package dev.caravan.text;

import dev.caravan.RecipeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Learns a byte-level BPE vocabulary from texts: starting from single bytes, the most frequent neighbouring pair
/// becomes
/// a token, again and again ([Sennrich et al. 2016](https://arxiv.org/abs/1508.07909)). The same texts in any order
/// give
/// the same vocabulary: of equally frequent pairs the one with the lower ids comes first.
///
/// @param vocabularySize tokens in all; fewer come out when no pair occurs twice any more
/// @param specialTokens take the first ids, in this order
/// @param digitsAlone whether every digit is a token of its own, which helps with arithmetic
public record BpeTrainer(int vocabularySize, List<String> specialTokens, boolean digitsAlone) {
    private static final int BYTES = 256;

    public BpeTrainer {
        specialTokens = List.copyOf(specialTokens);
        int least = BYTES + specialTokens.size();
        if (vocabularySize < least) {
            throw new RecipeException("vocabulary size must be at least " + least
                    + " (256 bytes and the special tokens), got " + vocabularySize);
        }
    }

    public Tokenizer train(Stream<String> texts) {
        PreTokenizer preTokenizer = preTokenizer();
        Map<String, Integer> pieces = countPieces(texts, preTokenizer);
        var tokens = new ArrayList<>(specialTokens);
        for (int b = 0; b < BYTES; b++) tokens.add(String.valueOf(ByteAlphabet.character(b)));
        List<String> merges = merges(pieces, tokens);
        var added = new ArrayList<AddedToken>();
        for (int id = 0; id < specialTokens.size(); id++) added.add(AddedToken.special(id, specialTokens.get(id)));
        return new Tokenizer(
                new TokenizerDefinition(tokens, merges, added, preTokenizer, false, false, OptionalInt.empty()));
    }

    private PreTokenizer preTokenizer() {
        var words = new PreTokenizer.ByteLevel(true);
        return digitsAlone ? new PreTokenizer.Sequence(List.of(new PreTokenizer.Digits(true), words)) : words;
    }

    private static Map<String, Integer> countPieces(Stream<String> texts, PreTokenizer preTokenizer) {
        var counts = new HashMap<String, Integer>();
        texts.sequential()
                .forEach(text -> preTokenizer.split(
                        text, 0, text.length(), (from, to) -> counts.merge(text.substring(from, to), 1, Integer::sum)));
        return new TreeMap<>(counts);
    }

    /// Adds the learnt tokens to `tokens` and returns their merges.
    private List<String> merges(Map<String, Integer> pieces, List<String> tokens) {
        var counts = new PairCounts();
        pieces.forEach((piece, count) -> counts.add(firstIds(piece), count));
        var ids = new HashMap<String, Integer>();
        for (int id = 0; id < tokens.size(); id++) ids.put(tokens.get(id), id);
        var merges = new ArrayList<String>();
        while (tokens.size() < vocabularySize) {
            Optional<PairCounts.Pair> best = counts.takeMostFrequent();
            if (best.isEmpty()) break;
            String left = tokens.get(best.get().left());
            String right = tokens.get(best.get().right());
            if (specialTokens.contains(left + right)) continue; // text must never merge into a special token
            int id = ids.computeIfAbsent(left + right, _ -> tokens.size());
            if (id == tokens.size()) tokens.add(left + right);
            merges.add(left + " " + right);
            counts.merge(best.get(), id);
        }
        return merges;
    }

    private int[] firstIds(String piece) {
        byte[] bytes = Utf8.encode(piece, 0, piece.length());
        var ids = new int[bytes.length];
        Arrays.setAll(ids, i -> specialTokens.size() + (bytes[i] & 0xFF));
        return ids;
    }
}
