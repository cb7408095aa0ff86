package dev.caravan.text;

import dev.caravan.DataException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Text ↔ token ids by byte-level byte-pair encoding, as in GPT-2, Llama 3, Qwen, SmolLM and OLMo 2.
///
/// A special token that is written out in a text stays text unless the caller allows it at that very place: what a
/// user types can never end a turn. Safe for use by any number of threads.
public final class Tokenizer {
    private final TokenizerDefinition definition;
    private final Vocabulary vocabulary;
    private final AddedTokens addedTokens;
    private final AddedTokens ordinaryAddedTokens;
    private final BitSet specialIds = new BitSet();
    private final PairMerger merger;
    private final PieceCache cache = new PieceCache();

    public Tokenizer(TokenizerDefinition definition) {
        this.definition = definition;
        vocabulary = new Vocabulary(definition.tokens(), definition.added());
        addedTokens = new AddedTokens(definition.added(), _ -> true);
        ordinaryAddedTokens = new AddedTokens(definition.added(), token -> !token.special());
        definition.added().stream().filter(AddedToken::special).forEach(token -> specialIds.set(token.id()));
        merger = new PairMerger(vocabulary.mergeTable(definition.merges()));
    }

    /// Reads a Hugging Face `tokenizer.json`.
    public static Tokenizer load(Path tokenizerJson) {
        try {
            return parse(Files.readString(tokenizerJson));
        } catch (DataException e) {
            throw new DataException(tokenizerJson + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DataException(tokenizerJson + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// The tokenizer of a model's folder, which holds a `tokenizer.json`.
    public static Tokenizer ofModel(Path folder) {
        return TokenFiles.read(folder).tokenizer();
    }

    /// Reads the text of a Hugging Face `tokenizer.json`.
    public static Tokenizer parse(String json) {
        return new Tokenizer(TokenizerJson.read(json));
    }

    /// A tokenizer from the parts that a GGUF file holds.
    ///
    /// @param kind the name of the pre-tokeniser, as in `tokenizer.ggml.pre`: `gpt-2`, `smollm`, `llama-bpe` …
    /// @param tokens the vocabulary by id, in the byte alphabet
    /// @param merges `left right`, the highest priority first
    /// @param added tokens that are matched whole
    public static Tokenizer ofKind(String kind, List<String> tokens, List<String> merges, List<AddedToken> added) {
        var known = PreTokenizers.named(kind);
        return new Tokenizer(new TokenizerDefinition(
                tokens, merges, added, known.preTokenizer(), known.nfc(), known.ignoreMerges(), OptionalInt.empty()));
    }

    /// This vocabulary with another pre-tokeniser and no change of the text before it.
    public Tokenizer withPreTokenizer(PreTokenizer preTokenizer) {
        return new Tokenizer(new TokenizerDefinition(
                definition.tokens(),
                definition.merges(),
                definition.added(),
                preTokenizer,
                false,
                definition.ignoreMerges(),
                definition.leading()));
    }

    /// The ids of a text; special tokens written out in it stay text.
    public int[] encode(String text) {
        return encodeIds(text, SpecialText.NOWHERE);
    }

    /// The ids of a text in which special tokens written out become special tokens.
    public int[] encodeParsingSpecials(String text) {
        return encodeIds(text, SpecialText.EVERYWHERE);
    }

    private int[] encodeIds(String text, SpecialText special) {
        var ids = new IdSink(text.length() / 3);
        encode(text, special, ids);
        return ids.list.toIntArray();
    }

    /// The ids of a text with the place of each, in UTF-16 units.
    public Encoding encodeWithOffsets(String text, SpecialText special) {
        var sink = new OffsetSink();
        encode(text, special, sink);
        return sink.tokens.build();
    }

    private void encode(String text, SpecialText special, Sink sink) {
        AddedTokens added = special == SpecialText.NOWHERE ? ordinaryAddedTokens : addedTokens;
        int from = 0;
        while (from < text.length()) {
            AddedTokens.Match match = added.next(text, from, special);
            int to = match == null ? text.length() : match.start();
            encodeStretch(text, from, to, sink);
            if (match == null) return;
            sink.whole(match.token().id(), match.start(), match.end());
            from = match.end();
        }
    }

    /// A stretch without added tokens.
    private void encodeStretch(String text, int from, int to, Sink sink) {
        if (from == to) return;
        if (!definition.nfc() || ComposedText.isComposed(text, from, to)) {
            sink.source(text, null, 0);
            split(text, from, to, sink);
            return;
        }
        var composed = ComposedText.of(text.substring(from, to));
        sink.source(composed.text(), composed, from);
        split(composed.text(), 0, composed.text().length(), sink);
    }

    private void split(String text, int from, int to, Sink sink) {
        definition.preTokenizer().split(text, from, to, (start, end) -> sink.piece(ids(text, start, end), start, end));
    }

    private int[] ids(String text, int from, int to) {
        int[] known = cache.find(text, from, to);
        if (known != null) return known;
        int[] ids = mergePiece(Utf8.encode(text, from, to));
        cache.remember(text, from, to, ids);
        return ids;
    }

    /// Bytes that the vocabulary lacks leave no token, as in Hugging Face's tokenizers.
    private int[] mergePiece(byte[] bytes) {
        if (definition.ignoreMerges()) {
            int whole = vocabulary.symbol(ByteAlphabet.write(bytes));
            if (whole >= 0) return new int[] {whole};
        }
        var ids = new int[bytes.length];
        int count = 0;
        for (byte b : bytes) {
            int id = vocabulary.ofByte(b & 0xFF);
            if (id >= 0) ids[count++] = id;
        }
        return merger.merge(count == ids.length ? ids : Arrays.copyOf(ids, count));
    }

    /// The text of `ids`; bytes that are no UTF-8 become U+FFFD.
    public String decode(int[] ids) {
        return decode(ids, false);
    }

    /// The text of `ids` without the special tokens among them.
    public String decodeWithoutSpecials(int[] ids) {
        return decode(ids, true);
    }

    private String decode(int[] ids, boolean skipSpecials) {
        var bytes = new ByteArrayOutputStream(ids.length * 4);
        for (int id : ids) if (!skipSpecials || !isSpecial(id)) bytes.writeBytes(vocabulary.bytes(id));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// The text that one token stands for; a part of a character becomes U+FFFD.
    public String tokenText(int id) {
        return new String(vocabulary.bytes(id), StandardCharsets.UTF_8);
    }

    /// A token as the vocabulary writes it, for example `<|im_end|>` or `Ġthe`.
    public String token(int id) {
        return vocabulary.string(id);
    }

    /// The bytes that one token stands for.
    public byte[] tokenBytes(int id) {
        return vocabulary.bytes(id).clone();
    }

    /// The number of ids: one more than the largest.
    public int size() {
        return vocabulary.size();
    }

    /// The id of a token as the vocabulary writes it, for example `<|im_end|>` or `Ġthe`.
    public OptionalInt id(String token) {
        return vocabulary.id(token);
    }

    public boolean isSpecial(int id) {
        return specialIds.get(id);
    }

    public List<AddedToken> addedTokens() {
        return definition.added();
    }

    /// The token that the tokenizer puts before a plain text, where it does so.
    public OptionalInt leadingToken() {
        return definition.leading();
    }

    /// This tokenizer as a Hugging Face `tokenizer.json`.
    public String toJson() {
        return TokenizerJson.write(definition);
    }

    /// Takes tokens in the order of the text.
    private interface Sink {
        /// The text that the next pieces belong to; `composed` tells where it came from when it is not the original.
        void source(String text, @Nullable ComposedText composed, int shift);

        void piece(int[] ids, int start, int end);

        void whole(int id, int start, int end);
    }

    private static final class IdSink implements Sink {
        private final IntArrayList list;

        IdSink(int expected) {
            list = new IntArrayList(expected);
        }

        @Override
        public void source(String text, @Nullable ComposedText composed, int shift) {}

        @Override
        public void piece(int[] ids, int start, int end) {
            list.addElements(list.size(), ids);
        }

        @Override
        public void whole(int id, int start, int end) {
            list.add(id);
        }
    }

    private final class OffsetSink implements Sink {
        private final Encoding.Builder tokens = new Encoding.Builder();
        private String text = "";
        private @Nullable ComposedText composed;
        private int shift;

        @Override
        public void source(String text, @Nullable ComposedText composed, int shift) {
            this.text = text;
            this.composed = composed;
            this.shift = shift;
        }

        @Override
        public void piece(int[] pieceIds, int start, int end) {
            int[] places = places(pieceIds, start, end);
            int at = 0;
            for (int id : pieceIds) {
                int last = places[at + vocabulary.bytes(id).length - 1];
                add(id, places[at], last + Character.charCount(text.codePointAt(last)));
                at += vocabulary.bytes(id).length;
            }
        }

        /// For each byte of the ids, the place of its character; bytes that the vocabulary lacks are left out.
        private int[] places(int[] pieceIds, int start, int end) {
            int[] places = Utf8.places(text, start, end);
            int kept = Arrays.stream(pieceIds)
                    .map(id -> vocabulary.bytes(id).length)
                    .sum();
            if (kept == places.length) return places;
            byte[] bytes = Utf8.encode(text, start, end);
            return IntStream.range(0, bytes.length)
                    .filter(i -> vocabulary.ofByte(bytes[i] & 0xFF) >= 0)
                    .map(i -> places[i])
                    .toArray();
        }

        private void add(int id, int first, int end) {
            int start = composed == null ? first : shift + composed.starts()[first];
            tokens.add(id, start, composed == null ? end : shift + composed.ends()[end - 1]);
        }

        @Override
        public void whole(int id, int start, int end) {
            tokens.add(id, start, end);
        }
    }
}
