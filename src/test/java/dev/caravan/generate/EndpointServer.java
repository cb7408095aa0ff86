package dev.caravan.generate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.io.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// An OpenAI-compatible server in miniature on loopback, which can be told to misbehave.
public final class EndpointServer implements AutoCloseable {
    /// What it was asked.
    public record Call(String path, JsonNode body, Optional<String> authorization) {
        /// The text of the last message, or the prompt.
        public String asked() {
            JsonNode messages = body.path("messages");
            return messages.isArray()
                    ? messages.get(messages.size() - 1).path("content").asString("")
                    : body.path("prompt").asString("");
        }
    }

    /// What the next request meets instead of an answer.
    @FunctionalInterface
    public interface Trouble {
        void on(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Call> calls = new ArrayList<>();
    private final ConcurrentLinkedDeque<Trouble> troubles = new ConcurrentLinkedDeque<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final Function<Call, String> answer;
    private volatile Function<Call, Map<String, Double>> odds = _ -> Map.of();
    private volatile Optional<Trouble> oddsTrouble = Optional.empty();
    private volatile Optional<Function<String, Echo>> weights = Optional.empty();

    /// How it echoes a text with what it writes behind it.
    ///
    /// @param offset of the first token
    /// @param written tokens, as it counts them
    public record Echo(List<String> tokens, List<Double> logProbs, int offset, int written) {
        Map<String, Object> logprobs() {
            var offsets = new ArrayList<Integer>();
            int at = offset;
            for (String token : tokens) {
                offsets.add(at);
                at += token.codePointCount(0, token.length());
            }
            return Map.of("tokens", tokens, "token_logprobs", logProbs, "text_offset", offsets);
        }
    }

    /// @param answer what it says to a request
    public EndpointServer(Function<Call, String> answer) throws IOException {
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            try (exchange) {
                answer(exchange);
            } finally {
                open.decrementAndGet();
            }
        });
        server.start();
    }

    /// A server that repeats what it is asked.
    static EndpointServer echo() throws IOException {
        return new EndpointServer(call -> "you said: " + call.asked());
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    int mostOpen() {
        return mostOpen.get();
    }

    /// From now on requests for log-probabilities get those of these first tokens, given as probabilities.
    public void tellOdds(Function<Call, Map<String, Double>> told) {
        odds = told;
    }

    /// From now on requests for log-probabilities meet this.
    public void refuseOdds(Trouble trouble) {
        oddsTrouble = Optional.of(trouble);
    }

    /// From now on texts that are to be echoed get this, by what is asked.
    public void tellWeights(Function<String, Echo> told) {
        weights = Optional.of(told);
    }

    public void next(Trouble trouble) {
        troubles.add(trouble);
    }

    public static Trouble status(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            send(exchange, status, body);
        };
    }

    /// Promises more than it sends.
    public static Trouble truncated() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"choices\"".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    /// Says nothing until the server is closed.
    public Trouble stall() {
        return exchange -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /// Sends its headers, and then no body, until the server is closed.
    Trouble stalledBody() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            stall().on(exchange);
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) {
        try {
            String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath();
            var call = new Call(
                    path,
                    text.isEmpty() ? Json.mapper().createObjectNode() : Json.tree(text),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
            synchronized (this) {
                calls.add(call);
            }
            Trouble trouble = troubles.poll();
            if (trouble != null) {
                trouble.on(exchange);
            } else if (oddsTrouble.isPresent() && call.body().has("logprobs")) {
                oddsTrouble.get().on(exchange);
            } else if (path.endsWith("/models")) {
                send(exchange, 200, Json.write(Map.of("data", List.of(Map.of("id", "echo-1")))));
            } else {
                send(exchange, 200, reply(call));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String reply(Call call) {
        String text = answer.apply(call);
        var choice = new HashMap<String, Object>(
                call.path().endsWith("/chat/completions")
                        ? Map.of("message", Map.of("role", "assistant", "content", text), "finish_reason", "stop")
                        : Map.of("text", text, "finish_reason", "length"));
        Map<String, Double> told = odds.apply(call);
        if (!told.isEmpty() && call.body().path("logprobs").asBoolean(false)) {
            choice.put("logprobs", Map.of("content", List.of(Map.of("logprob", -0.5, "top_logprobs", top(told)))));
        }
        Optional<Echo> echo = weights.filter(_ -> call.body().path("echo").asBoolean(false))
                .map(weight -> weight.apply(call.asked()));
        echo.ifPresent(weighed -> choice.put("logprobs", weighed.logprobs()));
        int written = echo.map(Echo::written).orElse(5);
        return Json.write(
                Map.of("choices", List.of(choice), "usage", Map.of("prompt_tokens", 10, "completion_tokens", written)));
    }

    private static List<Map<String, Object>> top(Map<String, Double> told) {
        return told.entrySet().stream()
                .map(token -> Map.<String, Object>of("token", token.getKey(), "logprob", Math.log(token.getValue())))
                .toList();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
