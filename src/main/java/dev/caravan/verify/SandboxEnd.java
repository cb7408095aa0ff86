package dev.caravan.verify;

import dev.caravan.verify.Sandbox.Outcome;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a sandbox ended.
///
/// @param said all that it wrote
/// @param offence the limit that it broke, in words
/// @param status of its process
/// @param outOfTime what to say of its time, where that was up
record SandboxEnd(String said, Optional<String> offence, int status, Optional<String> outOfTime) {
    /// With this it says that the limits hold and how many tests there are. What follows is the program's.
    static final Pattern READY = Pattern.compile("\\Aready ([0-9]{1,9})\n");

    /// How many tests there are; absent when it never was ready.
    Optional<Integer> total() {
        Matcher start = READY.matcher(said);
        return start.find() ? Optional.of(Integer.valueOf(start.group(1))) : Optional.empty();
    }

    /// What the program wrote, after the sandbox was ready.
    String rest() {
        return READY.matcher(said).replaceFirst("");
    }

    /// Of one that never was ready.
    Outcome unavailable() {
        return new Outcome.Unavailable("the sandbox does not start: "
                + offence.orElseGet(() -> Excerpt.of(said.strip().replace('\n', ' '))));
    }

    /// Of a program that did not pass.
    ///
    /// @param told what is known of the reason, where it kept within its limits
    Outcome stopped(int passed, int total, String told) {
        return new Outcome.Stopped(Math.min(total, passed), total, offence.orElse(told), outOfTime.isPresent());
    }

    /// The first line of what it told, or else that its time was up, or how it ended.
    String reason(String told, String ended) {
        String line = told.strip().lines().findFirst().orElse("");
        return line.isEmpty() ? outOfTime.orElse(ended) : Excerpt.of(line);
    }
}
