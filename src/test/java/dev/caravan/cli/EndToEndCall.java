package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One call of the command line in this process, and what it wrote.
record EndToEndCall(int status, String out, String err) {
    static EndToEndCall caravan(Object... arguments) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            int status = Main.run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
            return new EndToEndCall(status, out.toString(UTF_8), err.toString(UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    /// The JSON with which a run ends; nothing else may stand on standard output.
    JsonNode summary() {
        return Json.tree(out);
    }

    /// The names of the stages that did something.
    List<String> ran() {
        return summary()
                .path("stages")
                .valueStream()
                .filter(stage -> stage.path("status").asString().equals("ran"))
                .map(stage -> stage.path("stage").asString())
                .toList();
    }

    /// The message for a user's mistake.
    String mistake() {
        String last = err.lines().toList().getLast();
        if (!last.startsWith("caravan: ")) throw new AssertionError("no message for a user in\n" + err);
        return last.substring("caravan: ".length());
    }
}
