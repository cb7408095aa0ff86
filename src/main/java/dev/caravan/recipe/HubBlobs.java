package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.io.Sha256;
import dev.caravan.io.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The contents of a repository by their ETag. A content that is not whole yet lies under its ETag with `.incomplete`
/// behind it, so that a file which changes on the hub is never put together from two versions.
final class HubBlobs {
    private static final int BUFFER_BYTES = 1 << 18;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HubRequests requests;
    private final Store store;
    private final Path folder;

    HubBlobs(HubRequests requests, Store store, Path folder) {
        this.requests = requests;
        this.store = store;
        this.folder = folder;
    }

    /// Where the file's content lies, after it was fetched and its hash was found right.
    Path fetch(HubFile file) {
        Path blob = folder.resolve(file.etag());
        if (Files.exists(blob)) return blob;
        store.createFolder(folder);
        Path part = folder.resolve(file.etag() + ".incomplete");
        if (!arrives(file, part)) throw damaged(file);
        store.move(part, blob);
        return blob;
    }

    /// Fetches until the content is whole and right. One with a wrong hash is fetched anew, once.
    private boolean arrives(HubFile file, Path part) {
        for (int round = 0; round < 2; round++) {
            complete(file, part);
            if (isRight(file, part)) return true;
            store.delete(part);
        }
        return false;
    }

    private void complete(HubFile file, Path part) {
        for (int attempt = 1; length(part) < file.bytes() || !Files.exists(part); attempt++) {
            long before = length(part);
            String broken = transfer(file, part, before);
            if (length(part) >= file.bytes()) return;
            if (length(part) > before) attempt = 0; // the line moves: start counting anew
            if (attempt == HubRequests.attempts()) {
                throw new DataException(
                        "%s ends after %d of %d bytes, %d times in a row%s; run the command again to go on"
                                .formatted(file.address(), length(part), file.bytes(), attempt, broken));
            }
            requests.pauseBefore(attempt + 1);
        }
    }

    /// One request for what is missing.
    ///
    /// @return what broke it, in words; empty when it came to its end
    private String transfer(HubFile file, Path part, long from) {
        HttpResponse<InputStream> response = requests.get(file.address(), from);
        try (InputStream body = response.body()) {
            if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
                store.delete(part);
                return "";
            }
            if (from > 0 && response.statusCode() != PARTIAL_CONTENT) store.truncate(part, 0);
            var broken = new StringBuilder();
            store.append(part, out -> copy(body, out, broken));
            return broken.toString();
        } catch (IOException e) {
            return " (" + e.getMessage() + ")";
        }
    }

    /// Copies what comes. A line that breaks is no failure of the disk, and is only noted.
    private static void copy(InputStream body, OutputStream out, StringBuilder broken) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (var watch = new StallWatch(body)) {
            for (int read = read(body, buffer, broken); read >= 0; read = read(body, buffer, broken)) {
                watch.moved();
                out.write(buffer, 0, read);
            }
        }
    }

    private static int read(InputStream body, byte[] buffer, StringBuilder broken) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            broken.append(" (").append(e.getMessage()).append(')');
            return -1;
        }
    }

    private static boolean isRight(HubFile file, Path part) {
        if (length(part) != file.bytes()) return false;
        if (file.isSha256()) return Sha256.of(part).equals(file.etag());
        return !file.isGitHash() || gitHash(part).equals(file.etag());
    }

    /// The SHA-1 that Git names a file's content by.
    private static String gitHash(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update("blob %d\0".formatted(Files.size(file)).getBytes(StandardCharsets.US_ASCII));
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha1.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha1.digest());
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static long length(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new DataException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static DataException damaged(HubFile file) {
        return new DataException("%s arrives with a content whose hash is not %s, twice; it was thrown away"
                .formatted(file.address(), file.etag()));
    }
}
