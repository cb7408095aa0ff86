package dev.caravan.recipe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A hub in miniature on loopback: one repository whose large files lie on a second host, behind a redirect.
final class HubServer implements AutoCloseable {
    /// What a host was asked.
    record Call(String method, String path, Optional<String> token, Optional<String> range) {}

    static final String COMMIT = "c0ffee0000000000000000000000000000000000";

    final List<Call> hubCalls = new ArrayList<>();
    final List<Call> storeCalls = new ArrayList<>();
    /// Statuses that the hub answers with before it does its work.
    final Deque<Integer> troubles = new ArrayDeque<>();
    /// After how many bytes the store's next answers break off.
    final Deque<Integer> breaks = new ArrayDeque<>();

    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, String> etags = new HashMap<>();
    private final HttpServer hub;
    private final HttpServer store;

    HubServer() throws IOException {
        hub = server(this::answerAsHub);
        store = server(this::answerAsStore);
    }

    void put(String name, byte[] content, String etag) {
        files.put(name, content);
        etags.put(name, etag);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
    }

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private static HttpServer server(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server.start();
        return server;
    }

    private synchronized void answerAsHub(HttpExchange exchange) throws IOException {
        hubCalls.add(call(exchange));
        Integer trouble = troubles.poll();
        if (trouble != null) {
            exchange.getResponseHeaders().set("Retry-After", "7");
            exchange.sendResponseHeaders(trouble, -1);
            return;
        }
        String path = exchange.getRequestURI().getPath();
        String name = path.replaceFirst("^.*/resolve/" + COMMIT + "/", "");
        if (path.matches("/api/(models|datasets)/org/name/revision/main")) {
            send(exchange, description().getBytes(StandardCharsets.UTF_8));
        } else if (files.containsKey(name) && etags.get(name).length() == 64) {
            redirect(exchange, name);
        } else if (files.containsKey(name)) {
            exchange.getResponseHeaders().set("ETag", "\"" + etags.get(name) + "\"");
            send(exchange, files.get(name));
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private String description() {
        StringBuilder siblings = new StringBuilder();
        files.keySet().stream()
                .sorted()
                .forEach(name -> siblings.append(siblings.isEmpty() ? "" : ",")
                        .append("{\"rfilename\":\"")
                        .append(name)
                        .append("\"}"));
        return "{\"sha\":\"" + COMMIT + "\",\"siblings\":[" + siblings + "]}";
    }

    private void redirect(HttpExchange exchange, String name) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("X-Linked-Etag", "\"" + etags.get(name) + "\"");
        headers.set("X-Linked-Size", String.valueOf(files.get(name).length));
        headers.set("Location", "http://127.0.0.1:" + store.getAddress().getPort() + "/" + name);
        exchange.sendResponseHeaders(302, -1);
    }

    private synchronized void answerAsStore(HttpExchange exchange) throws IOException {
        Call call = call(exchange);
        storeCalls.add(call);
        byte[] whole = files.get(call.path().substring(1));
        int from = call.range()
                .map(range -> Integer.valueOf(range.replaceAll("\\D", "")))
                .orElse(0);
        byte[] rest = Arrays.copyOfRange(whole, from, whole.length);
        Integer broken = breaks.poll();
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
        exchange.getResponseBody().write(rest, 0, broken == null ? rest.length : Math.min(broken, rest.length));
    }

    private static void send(HttpExchange exchange, byte[] content) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
        exchange.sendResponseHeaders(200, head ? -1 : content.length);
        if (!head) exchange.getResponseBody().write(content);
    }

    private static Call call(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(headers.getFirst("Authorization")),
                Optional.ofNullable(headers.getFirst("Range")));
    }
}
