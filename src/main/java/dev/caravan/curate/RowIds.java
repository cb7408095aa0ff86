package dev.caravan.curate;

import dev.caravan.data.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Ids of rows from their content, so that a row keeps its id when others come or go: the first 16 hexadecimal
/// digits of the SHA-256 of source and messages.
final class RowIds {
    private static final int DIGITS = 16;

    private final String source;
    private final UniqueIds unique = new UniqueIds(RowReader.ID_MARK);

    /// Ids that are unique within one source.
    RowIds(String source) {
        this.source = source;
    }

    String next(List<Message> messages) {
        return unique.next(of(source, messages));
    }

    static String of(String source, List<Message> messages) {
        MessageDigest sha256 = sha256();
        add(sha256, source);
        for (Message message : messages) {
            add(sha256, message.role());
            add(sha256, message.content());
            message.toolCalls().ifPresent(calls -> add(sha256, calls.toString()));
        }
        return HexFormat.of().formatHex(sha256.digest()).substring(0, DIGITS);
    }

    /// Texts are followed by a byte that UTF-8 never contains, so that no two lists of texts run together.
    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0xff);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
