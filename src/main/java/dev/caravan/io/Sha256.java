package dev.caravan.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Content hashes, as 64 hexadecimal digits.
public final class Sha256 {
    private static final int BUFFER_BYTES = 1 << 20;

    private Sha256() {}

    public static String of(String text) {
        return hex(digest(), text.getBytes(StandardCharsets.UTF_8));
    }

    /// The hash of a file's bytes, or of a folder's files under their relative names. Where and when they lie does
    /// not matter.
    public static String of(Path path) {
        return Files.isDirectory(path) ? ofFolder(path) : ofFile(path);
    }

    /// The files below a folder (the folder's own path if it is a file), sorted by name. Names that begin with a
    /// dot are drafts, locks and caches, and are left out with all that lies in them.
    public static List<Path> files(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> file.equals(folder) || !hidden(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw FileFailure.of("read", folder, e);
        }
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) return true;
        }
        return false;
    }

    private static String ofFolder(Path folder) {
        var names = new StringBuilder();
        for (Path file : files(folder)) {
            names.append(ofFile(file))
                    .append(' ')
                    .append(folder.relativize(file))
                    .append('\n');
        }
        return of(names.toString());
    }

    private static String ofFile(Path file) {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw FileFailure.of("read", file, e);
        }
        return hex(digest, new byte[0]);
    }

    private static String hex(MessageDigest digest, byte[] last) {
        return HexFormat.of().formatHex(digest.digest(last));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
