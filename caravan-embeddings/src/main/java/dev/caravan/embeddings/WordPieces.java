package dev.caravan.embeddings;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tokenizer of BERT without case: words and signs, each cut into the longest pieces that the vocabulary has, from
/// left to right.
final class WordPieces {
    private static final int MOST_TOKENS = 256;
    private static final int LONGEST_WORD = 100;
    private static final String WITHIN = "##"; // before a piece that does not begin a word

    private final Map<String, Integer> vocabulary;

    private WordPieces(Map<String, Integer> vocabulary) {
        this.vocabulary = Map.copyOf(vocabulary);
    }

    /// @param json the content of a `tokenizer.json`
    static WordPieces read(byte[] json) {
        JsonNode tree = JsonMapper.shared().readTree(json);
        var vocabulary = new HashMap<String, Integer>();
        tree.path("model").path("vocab").forEachEntry((piece, id) -> vocabulary.put(piece, id.asInt()));
        return new WordPieces(vocabulary);
    }

    /// The ids of a text between the signs for beginning and end.
    long[] ids(String text) {
        var ids = new ArrayList<Integer>();
        ids.add(id("[CLS]"));
        for (String word : words(text)) {
            if (ids.size() >= MOST_TOKENS) break;
            ids.addAll(pieces(word));
        }
        List<Integer> kept = new ArrayList<>(ids.subList(0, Math.min(ids.size(), MOST_TOKENS - 1)));
        kept.add(id("[SEP]"));
        return kept.stream().mapToLong(Integer::longValue).toArray();
    }

    private int id(String piece) {
        Integer id = vocabulary.get(piece);
        if (id == null) throw new IllegalStateException("the vocabulary lacks " + piece);
        return id;
    }

    private List<Integer> pieces(String word) {
        int[] letters = word.codePoints().toArray();
        if (letters.length > LONGEST_WORD) return List.of(id("[UNK]"));
        var pieces = new ArrayList<Integer>();
        for (int from = 0; from < letters.length; ) {
            int to = letters.length;
            Integer id = vocabulary.get(piece(letters, from, to));
            while (id == null && --to > from) id = vocabulary.get(piece(letters, from, to));
            if (id == null) return List.of(id("[UNK]"));
            pieces.add(id);
            from = to;
        }
        return pieces;
    }

    private static String piece(int[] letters, int from, int to) {
        String piece = new String(letters, from, to - from);
        return from == 0 ? piece : WITHIN + piece;
    }

    /// Words in lower case without accents, and signs and ideographs one by one.
    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        Normalizer.normalize(cleaned(text), Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> {
                    boolean alone = isSign(c) || isIdeograph(c);
                    if ((alone || c == ' ') && !word.isEmpty()) {
                        words.add(lower(word));
                        word.setLength(0);
                    }
                    if (alone) words.add(Character.toString(c));
                    else if (c != ' ') word.appendCodePoint(c);
                });
        if (!word.isEmpty()) words.add(lower(word));
        return words;
    }

    private static String lower(StringBuilder word) {
        var lower = new StringBuilder();
        word.codePoints().forEach(c -> lower.appendCodePoint(Character.toLowerCase(c)));
        return lower.toString();
    }

    /// Without what is not seen; all white space as blanks.
    private static String cleaned(String text) {
        var cleaned = new StringBuilder();
        text.codePoints().filter(c -> !isHidden(c)).forEach(c -> cleaned.appendCodePoint(isSpace(c) ? ' ' : c));
        return cleaned.toString();
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isHidden(int c) {
        if (c == '\t' || c == '\n' || c == '\r') return false;
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> c == 0xFFFD;
        };
    }

    private static boolean isSign(int c) {
        boolean ascii = c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
        return ascii
                || switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }

    private static boolean isIdeograph(int c) {
        return c >= 0x4E00 && c <= 0x9FFF
                || c >= 0x3400 && c <= 0x4DBF
                || c >= 0x20000 && c <= 0x2CEAF
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0x2F800 && c <= 0x2FA1F;
    }
}
