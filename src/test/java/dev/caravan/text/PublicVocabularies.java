package dev.caravan.text;

import dev.caravan.io.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// The tokenizers of public models, from the shared archive of their vocabularies.
final class PublicVocabularies {
    private static final String ARCHIVE = "data/tok-npm.tar.xz";

    private PublicVocabularies() {}

    static Tokenizer named(String name) {
        return switch (name) {
            case "llama-bpe" -> Tokenizer.parse(file("tok-npm/llama3_1/models/tokenizer.json"));
            case "qwen2" -> Tokenizer.parse(file("tok-npm/qwen3/models/tokenizer.json"));
            case "gpt-2" -> gpt2();
            default -> dolma2();
        };
    }

    private static String file(String path) {
        return Shared.unpack(Shared.need(ARCHIVE, "public vocabularies"), path::equals)
                .get(path);
    }

    private static Tokenizer gpt2() {
        List<String> tokens = byId(Json.tree(file("tok-npm/gpt2/encoder.json")).properties().stream()
                .collect(
                        HashMap::new,
                        (map, e) -> map.put(e.getKey(), e.getValue().asInt()),
                        Map::putAll));
        List<String> merges = file("tok-npm/gpt2/vocab.bpe").lines().skip(1).toList();
        return Tokenizer.ofKind("gpt-2", tokens, merges, List.of(AddedToken.special(50256, "<|endoftext|>")));
    }

    private static List<String> byId(Map<String, Integer> ids) {
        var tokens = new ArrayList<>(Collections.nCopies(ids.size(), ""));
        ids.forEach((token, id) -> tokens.set(id, token));
        return tokens;
    }

    /// OLMo 2's vocabulary has the tokens of cl100k, whose file lists ranks instead of merges: a token's last merge
    /// is the split that merging with the lower ranks alone arrives at.
    private static Tokenizer dolma2() {
        var ranks = new HashMap<String, Integer>();
        file("tok-npm/cl100k/data/cl100k_base.tiktoken").lines().forEach(line -> {
            String[] fields = line.split(" ");
            ranks.put(ByteAlphabet.write(Base64.getDecoder().decode(fields[0])), Integer.parseInt(fields[1]));
        });
        List<String> tokens = byId(ranks);
        List<String> merges = tokens.stream()
                .filter(token -> token.length() > 1)
                .map(token -> lastMerge(token, ranks))
                .toList();
        return new Tokenizer(new TokenizerDefinition(
                tokens,
                merges,
                List.of(),
                new PreTokenizer.Split(WordPattern.LLAMA3.regex(), false),
                false,
                false,
                OptionalInt.empty()));
    }

    private static String lastMerge(String token, Map<String, Integer> ranks) {
        int limit = ranks.get(token);
        List<String> parts = new ArrayList<>(Stream.of(token.split("")).toList());
        while (parts.size() > 2) {
            int best = -1;
            int lowest = limit;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), limit);
                if (rank < lowest) {
                    lowest = rank;
                    best = i;
                }
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
        return parts.get(0) + " " + parts.get(1);
    }
}
