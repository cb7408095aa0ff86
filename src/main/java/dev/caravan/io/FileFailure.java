package dev.caravan.io;

import dev.caravan.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/// The operating system's refusals in words for people: the path, the reason and the remedy.
final class FileFailure {
    private FileFailure() {}

    /// @param verb what was tried, such as `write`
    static DataException of(String verb, Path path, IOException cause) {
        return new DataException("cannot " + verb + " " + path + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        String message = systemMessage(cause);
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota")) {
            return "the disk is full; free some space and run the same command again, what is finished is kept";
        }
        if (cause instanceof AccessDeniedException || lower.contains("permission denied")) {
            return "access is denied; change its owner or permissions, or name another folder";
        }
        if (lower.contains("read-only")) return "it lies on a read-only disk; name another folder";
        if (cause instanceof FileAlreadyExistsException) return "it is a file; name a folder";
        if (cause instanceof NoSuchFileException) return "there is no such file or folder";
        if (cause instanceof EOFException) return "it ends too early; fetch or make it again";
        if (cause instanceof CharacterCodingException) return "it is not UTF-8 text";
        return message;
    }

    /// Java wraps the system's words in `path: words`; the words alone are kept.
    private static String systemMessage(IOException cause) {
        if (cause instanceof FileSystemException ofPath && ofPath.getReason() != null) return ofPath.getReason();
        return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
    }
}
