package dev.caravan.generate;

import dev.caravan.DataException;
import dev.caravan.generate.Troubles.Kind;
import dev.caravan.io.Backoff;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How one request to an endpoint went.
sealed interface HttpAttempt {
    /// The body of an answer with status 200.
    record Reply(String body) implements HttpAttempt {}

    /// The endpoint does not do what this request asks for.
    record Refused(String because) implements HttpAttempt {}

    /// The same request may be answered later.
    ///
    /// @param what the endpoint did, such as `answers 503`
    /// @param asked seconds after which the endpoint wants to be asked again
    record Trouble(Kind kind, String what, Optional<Double> asked) implements HttpAttempt {}

    /// Sends requests of one endpoint. Its deadline spans the whole answer.
    ///
    /// @param key is struck out of whatever the endpoint says
    record Sender(HttpClient client, Endpoint endpoint, Backoff backoff, Optional<String> key) {
        private static final long LONGEST_ANSWER = 64L << 20;

        /// @throws DataException when no request of this kind can succeed
        HttpAttempt send(HttpRequest request) throws InterruptedException {
            CompletableFuture<HttpResponse<byte[]>> response =
                    client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            try {
                long millis = Math.max(1, Math.round(endpoint.timeoutSeconds() * 1000));
                return read(request, response.get(millis, TimeUnit.MILLISECONDS));
            } catch (TimeoutException _) {
                response.cancel(true);
                return timeout();
            } catch (ExecutionException e) {
                return broken(request, e);
            } catch (InterruptedException e) {
                response.cancel(true);
                throw e;
            }
        }

        private Trouble timeout() {
            String what = String.format(Locale.ROOT, "gives no whole answer in %.0f s", endpoint.timeoutSeconds());
            return new Trouble(Kind.TIMED_OUT, what, Optional.empty());
        }

        private HttpAttempt broken(HttpRequest request, ExecutionException e) {
            if (e.getCause() instanceof HttpTimeoutException) {
                return new Trouble(Kind.TIMED_OUT, "lets nobody connect in time", Optional.empty());
            }
            if (e.getCause() instanceof IOException broken) {
                String reason = EndpointReply.excerpt(masked(String.valueOf(broken.getMessage())));
                return new Trouble(
                        Kind.BROKEN_OFF,
                        "breaks off (%s: %s)".formatted(broken.getClass().getSimpleName(), reason),
                        Optional.empty());
            }
            throw new IllegalStateException("a request to " + request.uri() + " cannot be sent", e.getCause());
        }

        private HttpAttempt read(HttpRequest request, HttpResponse<byte[]> response) {
            int status = response.statusCode();
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (status == 200) return new Reply(body);
            String said = said(body);
            if (Backoff.isBusy(status)) {
                return new Trouble(
                        status == 429 ? Kind.RATE_LIMITED : Kind.SERVER_ERROR,
                        "answers " + status + said,
                        backoff.asked(response.headers(), Instant.now()));
            }
            return switch (status) {
                case 401, 403 ->
                    throw new DataException("%s answers %d%s: %s".formatted(request.uri(), status, said, keyRemedy()));
                case 402 ->
                    throw new DataException("%s answers 402%s: see to the account, and run the same command again"
                            .formatted(request.uri(), said));
                case 404 ->
                    throw new DataException("%s answers 404%s: check the url, which ends in /v1 as a rule, and the"
                                    .formatted(request.uri(), said)
                            + " model's name" + texts(request));
                case 301, 302, 303, 307, 308 ->
                    throw new DataException(
                            ("%s redirects to %s, which is not followed; name" + " that address as url if you trust it")
                                    .formatted(
                                            request.uri(),
                                            masked(response.headers()
                                                    .firstValue("Location")
                                                    .orElse("nowhere"))));
                default -> new Refused("the endpoint answers " + status + said);
            };
        }

        private static String texts(HttpRequest request) {
            String path = request.uri().getPath();
            return path.endsWith("/completions") && !path.endsWith("/chat/completions")
                    ? "; a server of chats alone neither continues nor weighs texts"
                    : "";
        }

        private String keyRemedy() {
            return endpoint.apiKeyEnv()
                    .map(name -> "the key in " + name + " is not accepted; export another")
                    .orElse("it wants a key; put it into an environment variable, and name it with api_key_env");
        }

        private String said(String body) {
            return body.isBlank() ? "" : " ('" + EndpointReply.excerpt(masked(body)) + "')";
        }

        private String masked(String text) {
            return key.map(secret -> text.replace(secret, "***")).orElse(text);
        }
    }
}
