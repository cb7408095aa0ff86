package dev.caravan.recipe;

import dev.caravan.DataException;
import dev.caravan.io.Backoff;
import dev.caravan.io.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Requests to the hub: follows redirects itself, tries again when the server is busy or the line breaks, and shows
/// the token to the hub's own host alone.
final class HubRequests implements AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final int MOST_REDIRECTS = 5;
    private static final Backoff BACKOFF = new Backoff(ATTEMPTS, 60);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI endpoint;
    private final Optional<String> token;
    private final Pause pause;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(15))
            .build();

    HubRequests(URI endpoint, Optional<String> token, Pause pause) {
        this.endpoint = endpoint;
        this.token = token;
        this.pause = pause;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// The response to a `GET` after all redirects; its body must be closed.
    ///
    /// @param from the first byte that is asked for
    HttpResponse<InputStream> get(URI address, long from) {
        return persistently(address, () -> {
            URI next = address;
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                HttpRequest.Builder request = request(next).GET();
                if (from > 0) request.header("Range", "bytes=" + from + "-");
                HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
                if (!isRedirect(response)) return response;
                response.body().close();
                next = target(response);
            }
            throw new DataException(address + " redirects more than " + MOST_REDIRECTS + " times");
        });
    }

    /// The response to a `HEAD`. Redirects within the hub are followed; one to another host is the answer, since its
    /// headers describe the file.
    HttpResponse<Void> head(URI address) {
        return persistently(address, () -> {
            URI next = address;
            for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
                var request = request(next).method("HEAD", HttpRequest.BodyPublishers.noBody());
                HttpResponse<Void> response = client.send(request.build(), BodyHandlers.discarding());
                if (!isRedirect(response) || !isHub(target(response)) || describesFile(response)) return response;
                next = target(response);
            }
            throw new DataException(address + " redirects more than " + MOST_REDIRECTS + " times");
        });
    }

    /// Waits before attempt number `attempt` at something that broke.
    void pauseBefore(int attempt) {
        pause(BACKOFF.seconds(attempt, 1));
    }

    static int attempts() {
        return ATTEMPTS;
    }

    @FunctionalInterface
    private interface Exchange<T> {
        HttpResponse<T> send() throws IOException, InterruptedException;
    }

    private <T> HttpResponse<T> persistently(URI address, Exchange<T> exchange) {
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<T> response = exchange.send();
                if (!Backoff.isBusy(response.statusCode())) return checked(address, response);
                close(response);
                if (attempt == ATTEMPTS) {
                    throw new DataException("%s answers %d after %d attempts; try again later"
                            .formatted(address, response.statusCode(), ATTEMPTS));
                }
                pauseAsAsked(response, attempt);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new DataException(
                            "%s cannot be reached after %d attempts: %s".formatted(address, ATTEMPTS, e), e);
                }
                pauseBefore(attempt);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DataException("fetching " + address + " was interrupted", e);
            }
        }
    }

    private <T> HttpResponse<T> checked(URI address, HttpResponse<T> response) throws IOException {
        int status = response.statusCode();
        if (status < 400 || status == 416) return response;
        close(response);
        throw new DataException(
                switch (status) {
                    case 401, 403 ->
                        address + " may not be read (" + status + "): "
                                + (token.isPresent() ? "the token in HF_TOKEN has no access" : "set HF_TOKEN")
                                + ", and accept the repository's terms on the hub";
                    case 404 -> address + " does not exist (404); check the repository's name and revision";
                    default -> address + " answers " + status;
                });
    }

    private void pauseAsAsked(HttpResponse<?> response, int attempt) {
        pause(BACKOFF.asked(response.headers(), Instant.now()).orElseGet(() -> BACKOFF.seconds(attempt, 1)));
    }

    private void pause(double seconds) {
        try {
            pause.seconds(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("waiting for the hub was interrupted", e);
        }
    }

    private HttpRequest.Builder request(URI address) {
        var request = HttpRequest.newBuilder(address).timeout(TIMEOUT).header("User-Agent", "caravan");
        if (isHub(address)) token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private boolean isHub(URI address) {
        return String.valueOf(endpoint.getScheme()).equalsIgnoreCase(address.getScheme())
                && String.valueOf(endpoint.getHost()).equalsIgnoreCase(address.getHost())
                && endpoint.getPort() == address.getPort();
    }

    private static boolean isRedirect(HttpResponse<?> response) {
        int status = response.statusCode();
        return status >= 301 && status <= 308 && status != 304;
    }

    private static boolean describesFile(HttpResponse<?> response) {
        return response.headers().firstValue("X-Linked-Etag").isPresent();
    }

    private static URI target(HttpResponse<?> response) throws IOException {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("a redirect without a Location"));
        URI target = response.uri().resolve(location);
        if ("http".equals(target.getScheme()) || "https".equals(target.getScheme())) return target;
        throw new IOException("a redirect to " + target);
    }

    private static void close(HttpResponse<?> response) throws IOException {
        if (response.body() instanceof InputStream body) body.close();
    }
}
