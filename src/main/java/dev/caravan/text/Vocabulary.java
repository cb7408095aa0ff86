package dev.caravan.text;

import dev.caravan.DataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Token ids ↔ the strings and bytes they stand for.
final class Vocabulary {
    private final List<String> strings;
    private final byte[][] bytes;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> symbols = new HashMap<>();
    private final int[] ofByte = new int[256];

    Vocabulary(List<String> tokens, List<AddedToken> added) {
        strings = new ArrayList<>(tokens);
        for (AddedToken token : added) {
            while (strings.size() <= token.id()) strings.add("");
            strings.set(token.id(), token.content());
        }
        bytes = new byte[strings.size()][];
        for (int id = 0; id < bytes.length; id++) addToken(id);
        for (AddedToken token : added) {
            bytes[token.id()] = token.content().getBytes(StandardCharsets.UTF_8);
            symbols.remove(token.content());
        }
        for (int b = 0; b < 256; b++) ofByte[b] = symbols.getOrDefault("" + ByteAlphabet.character(b), -1);
    }

    private void addToken(int id) {
        String token = strings.get(id);
        bytes[id] = ByteAlphabet.read(token);
        if (token.isEmpty()) return;
        ids.putIfAbsent(token, id);
        symbols.putIfAbsent(token, id);
    }

    int size() {
        return bytes.length;
    }

    String string(int id) {
        return strings.get(check(id));
    }

    byte[] bytes(int id) {
        return bytes[check(id)];
    }

    OptionalInt id(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /// The id of a token given in the byte alphabet, added tokens left out, or -1.
    int symbol(String token) {
        return symbols.getOrDefault(token, -1);
    }

    /// The single-byte token of a byte, or -1: some vocabularies lack bytes that never occur in UTF-8 or in their
    /// data.
    int ofByte(int b) {
        return ofByte[b];
    }

    MergeTable mergeTable(List<String> merges) {
        var table = new MergeTable(merges.size());
        for (int rank = 0; rank < merges.size(); rank++) {
            String merge = merges.get(rank);
            int space = merge.indexOf(' ');
            if (space < 0) throw new DataException("merge " + rank + " '" + merge + "' is not two tokens with a space");
            String left = merge.substring(0, space);
            String right = merge.substring(space + 1);
            table.add(known(left, rank), known(right, rank), rank, known(left + right, rank));
        }
        return table;
    }

    private int known(String token, int rank) {
        int id = symbol(token);
        if (id < 0) {
            throw new DataException("merge " + rank + " names '" + token + "', which the vocabulary does not hold;"
                    + " the tokenizer file is damaged or its merges belong to another vocabulary");
        }
        return id;
    }

    private int check(int id) {
        if (id >= 0 && id < bytes.length) return id;
        throw new DataException("token id " + id + " lies outside the vocabulary of " + bytes.length + " tokens");
    }
}
