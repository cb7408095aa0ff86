package dev.caravan.recipe;

import dev.caravan.DataException;
import java.net.URI;
import java.util.regex.Pattern;

/// A file of a repository of the hub, as its headers describe it.
///
/// @param name its path within the repository
/// @param address where it is fetched, before redirects
/// @param etag the SHA-256 of a large file, the Git hash of a small one
/// @param bytes its length
record HubFile(String name, URI address, String etag, long bytes) {
    private static final Pattern ETAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    HubFile {
        if (!ETAG.matcher(etag).matches()) {
            throw new DataException("the hub gives no usable ETag for %s: '%s'".formatted(name, etag));
        }
        if (bytes < 0) throw new DataException("the hub gives no length for " + name);
    }

    /// An ETag header without its quotes and its mark of weakness.
    static String bare(String etag) {
        return etag.replaceFirst("^W/", "").replace("\"", "");
    }

    boolean isSha256() {
        return etag.matches("[0-9a-f]{64}");
    }

    boolean isGitHash() {
        return etag.matches("[0-9a-f]{40}");
    }
}
