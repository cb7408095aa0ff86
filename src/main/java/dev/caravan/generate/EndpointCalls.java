package dev.caravan.generate;

import dev.caravan.DataException;
import dev.caravan.data.Draws;
import dev.caravan.generate.HttpAttempt.Trouble;
import dev.caravan.generate.Troubles.Kind;
import dev.caravan.io.Backoff;
import dev.caravan.io.Pause;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Requests to one endpoint, tried again while that may help. The key goes to the endpoint alone: no redirect is
/// followed.
final class EndpointCalls implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final double LONGEST_PAUSE = 300;
    private static final double BETWEEN_LOOKS = 0.25; // seconds, for a stop while it waits

    private final Endpoint endpoint;
    private final Optional<String> key;
    private final Backoff backoff;
    private final Pause pause;
    private final Troubles troubles;
    private final HttpAttempt.Sender sender;
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    EndpointCalls(Endpoint endpoint, Optional<String> key, Pause pause, Troubles troubles) {
        this.endpoint = endpoint;
        this.key = key;
        this.backoff = new Backoff(endpoint.attempts(), LONGEST_PAUSE);
        this.pause = pause;
        this.troubles = troubles;
        sender = new HttpAttempt.Sender(client, endpoint, backoff, key);
    }

    /// How a request ended, after all its attempts.
    sealed interface Outcome {
        record Answered(Answer.Written answer) implements Outcome {}

        /// The endpoint is there, but has no answer to this request.
        record Refused(String because) implements Outcome {}

        /// The work was to stop before the request had been asked to the end.
        record Stopped() implements Outcome {}
    }

    /// Who is told of what happens to a request, and who may stop it.
    interface Caller {
        /// Something came that is of no use, and may have cost something.
        void useless(EndpointReply.Nonsense nonsense);

        void say(String message);

        boolean stopped();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// @param seed of the pauses' spread
    /// @throws DataException when the endpoint cannot be used at all, or is out of reach after all attempts
    Outcome post(EndpointRequest request, long seed, Caller caller) throws InterruptedException {
        var spread = new Draws(seed, "pause/" + request.hash());
        HttpRequest post = request(request.url())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.body()))
                .build();
        for (int attempt = 1; ; attempt++) {
            switch (read(sender.send(post), request, caller)) {
                case Ended(var outcome) -> {
                    return outcome;
                }
                case Again(var trouble) -> {
                    boolean first = troubles.add(trouble.kind());
                    if (attempt == endpoint.attempts()) return given(up(request.url(), trouble), trouble, request);
                    double seconds = trouble.asked().orElse(backoff.seconds(attempt, spread.uniform(attempt)));
                    if (first) caller.say(retry(request.url(), trouble, attempt + 1, seconds));
                    if (!waited(seconds, caller)) return new Outcome.Stopped();
                }
            }
        }
    }

    /// What a request that may be asked again comes to.
    private sealed interface Step {}

    private record Ended(Outcome outcome) implements Step {}

    private record Again(Trouble trouble) implements Step {}

    private Step read(HttpAttempt attempt, EndpointRequest request, Caller caller) {
        return switch (attempt) {
            case Trouble trouble -> new Again(trouble);
            case HttpAttempt.Refused(var because) -> refused(because);
            case HttpAttempt.Reply(var body) ->
                switch (EndpointReply.of(body, request)) {
                    case EndpointReply.Answered(var answer) -> new Ended(new Outcome.Answered(answer));
                    case EndpointReply.Nonsense nonsense -> {
                        caller.useless(nonsense);
                        yield nonsense.repeats() ? again(nonsense) : refused(nonsense.because());
                    }
                };
        };
    }

    private Ended refused(String because) {
        troubles.add(Kind.REFUSED);
        return new Ended(new Outcome.Refused(because));
    }

    private static Again again(EndpointReply.Nonsense nonsense) {
        return new Again(new Trouble(Kind.NONSENSE, "answers nonsense: " + nonsense.because(), Optional.empty()));
    }

    /// Nonsense is this request's misfortune, and so is an error of a server that may fail at log-probabilities;
    /// what keeps an endpoint from answering at all ends the work.
    private static Outcome given(String message, Trouble trouble, EndpointRequest request) {
        boolean ofTheRequest =
                trouble.kind() == Kind.NONSENSE || trouble.kind() == Kind.SERVER_ERROR && request.asksForOdds();
        if (ofTheRequest) return new Outcome.Refused(message);
        throw new DataException(
                message
                        + "; what was answered is kept: see to the server, or lower concurrency, and run the same command again");
    }

    private String up(String url, Trouble trouble) {
        return "%s %s, at attempt %d of %d".formatted(url, trouble.what(), endpoint.attempts(), endpoint.attempts());
    }

    private String retry(String url, Trouble trouble, int attempt, double seconds) {
        return String.format(
                Locale.ROOT,
                "%s %s; attempt %d of %d follows in %.1f s (more of this kind are counted, not said)",
                url,
                trouble.what(),
                attempt,
                endpoint.attempts(),
                seconds);
    }

    /// The body of a page of the endpoint.
    String get(String path) throws InterruptedException {
        HttpRequest get = request(endpoint.base() + path).GET().build();
        for (int attempt = 1; ; attempt++) {
            switch (sender.send(get)) {
                case HttpAttempt.Reply(var body) -> {
                    return body;
                }
                case HttpAttempt.Refused(var because) -> throw new DataException(get.uri() + ": " + because);
                case Trouble trouble -> {
                    troubles.add(trouble.kind());
                    if (attempt == endpoint.attempts()) {
                        throw new DataException(up(get.uri().toString(), trouble)
                                + "; see that the server runs, and run the same command again");
                    }
                    pause.seconds(trouble.asked().orElse(backoff.seconds(attempt, 1)));
                }
            }
        }
    }

    private HttpRequest.Builder request(String url) {
        var request = HttpRequest.newBuilder(URI.create(url)).header("User-Agent", "caravan");
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /// @return whether the whole time passed without a stop
    private boolean waited(double seconds, Caller caller) throws InterruptedException {
        for (double left = seconds; left > 0; left -= BETWEEN_LOOKS) {
            if (caller.stopped()) return false;
            pause.seconds(Math.min(left, BETWEEN_LOOKS));
        }
        return !caller.stopped();
    }
}
