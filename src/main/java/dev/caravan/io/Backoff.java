package dev.caravan.io;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// How often a server that is busy or out of reach is asked again, and how long to wait each time.
///
/// @param attempts requests that are sent for one answer at most
/// @param longestPause seconds that are waited at most, whatever the server asks for
public record Backoff(int attempts, double longestPause) {
    public Backoff {
        if (attempts < 1) throw new IllegalArgumentException("attempts must be at least 1, got " + attempts);
    }

    /// Seconds before the next attempt: 1, 2, 4 and so on, less up to a half, so that many who failed together do not
    /// come again together.
    ///
    /// @param attempt the one that failed, from 1
    /// @param spread from 0 to 1; 1 waits the whole time
    public double seconds(int attempt, double spread) {
        return Math.min(longestPause, Math.scalb(1.0, Math.min(attempt, 30) - 1)) * (1 + spread) / 2;
    }

    /// Seconds that the server asks for with `Retry-After`, as a number or as a date.
    public Optional<Double> asked(HttpHeaders headers, Instant now) {
        return headers.firstValue("Retry-After")
                .flatMap(text -> seconds(text.strip(), now))
                .map(seconds -> Math.clamp(seconds, 0, longestPause));
    }

    /// Whether a status says that the same request may well be answered later.
    public static boolean isBusy(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500;
    }

    private static Optional<Double> seconds(String text, Instant now) {
        if (text.matches("\\d{1,6}(\\.\\d{1,6})?")) return Optional.of(Double.valueOf(text));
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, then).toMillis() / 1000.0);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
