package dev.caravan.verify;

import dev.caravan.verify.Sandbox.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// What a sandbox is to run, and how its end is to be understood.
sealed interface SandboxTask permits PythonTask, PythonProgram {
    /// The Python program that sets the limits and runs the task inside the sandbox.
    String driver();

    /// The task as the driver reads it.
    String json(Sandbox.Limits limits);

    /// @param secret that the driver was told for this run
    Outcome outcome(SandboxEnd end, String secret);

    /// A driver that comes with Caravan.
    static String driver(String name) {
        try (InputStream in = SandboxTask.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
