package dev.caravan.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/// What the launcher's ahead-of-time cache is trained on: the classes that nearly every start loads. Prints nothing.
final class StartTraining {
    private StartTraining() {}

    public static void main(String[] arguments) throws IOException {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        System.setOut(nowhere);
        System.setErr(nowhere);
        Main.run("--help");
        Main.run("--no-such-option");
        Main.whole();
        var row = "{\"id\":1,\"text\":\"one\",\"numbers\":[1,2.5]}\nnot a row\n".getBytes(UTF_8);
        new RowCopy(nowhere, 1, List::copyOf).from(new ByteArrayInputStream(row), "");
        System.exit(0); // as every start ends
    }
}
