package dev.caravan.io;

import dev.caravan.DataException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A file of JSON lines that are found again by a key, for what must not be done twice. A row that was added is safe
/// on the disk before [#add] returns; memory holds the keys alone. Safe for many threads of one process; who opens it
/// holds the folder's [RunLock].
public final class Ledger<T> implements AutoCloseable {
    private final Path file;
    private final Class<T> type;
    private final Function<T, Optional<String>> key;
    private final Appender appender;
    private final FileChannel reading;
    private final Map<String, Place> places = new HashMap<>();

    private record Place(long offset, int length) {}

    private Ledger(Path file, Class<T> type, Function<T, Optional<String>> key, Appender appender) throws IOException {
        this.file = file;
        this.type = type;
        this.key = key;
        this.appender = appender;
        reading = FileChannel.open(file);
    }

    /// Opens a ledger, and creates it where it is missing.
    ///
    /// @param key what a row is found by, of several rows the last; a row without a key is kept and never found
    /// @param each hears of every row that is there already
    public static <T> Ledger<T> open(
            Store store, Path file, Class<T> type, Function<T, Optional<String>> key, Consumer<T> each) {
        Appender appender = store.appender(file);
        try {
            var ledger = new Ledger<>(file, type, key, appender);
            ledger.read(each);
            return ledger;
        } catch (IOException e) {
            appender.close();
            throw FileFailure.of("read", file, e);
        } catch (RuntimeException e) {
            appender.close();
            throw e;
        }
    }

    /// The row of a key.
    public Optional<T> find(String wanted) {
        return place(wanted).map(place -> row(bytes(place)));
    }

    /// Adds a row, safely on the disk.
    public synchronized void add(T row) {
        long before = appender.length();
        appender.add(row);
        appender.sync();
        remember(row, new Place(before, (int) (appender.length() - before) - 1));
    }

    @Override
    public synchronized void close() {
        try (reading) {
            appender.close();
        } catch (IOException e) {
            throw FileFailure.of("close", file, e);
        }
    }

    private synchronized Optional<Place> place(String wanted) {
        return Optional.ofNullable(places.get(wanted));
    }

    private void remember(T row, Place place) {
        key.apply(row).ifPresent(name -> places.put(name, place));
    }

    private void read(Consumer<T> each) throws IOException {
        long offset = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (long number = 1; ; number++) {
                byte[] line = line(in);
                if (line.length == 0) return;
                T row = row(line, number);
                remember(row, new Place(offset, line.length - 1));
                each.accept(row);
                offset += line.length;
            }
        }
    }

    /// The next line with its end; nothing behind the last.
    private static byte[] line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') break;
        }
        return line.toByteArray();
    }

    private byte[] bytes(Place place) {
        var buffer = ByteBuffer.allocate(place.length());
        try {
            while (buffer.hasRemaining() && reading.read(buffer, place.offset() + buffer.position()) >= 0) {
                // a read may give less than was asked for
            }
        } catch (IOException e) {
            throw FileFailure.of("read", file, e);
        }
        return buffer.array();
    }

    private T row(byte[] line, long number) {
        try {
            return row(line);
        } catch (DataException e) {
            throw new DataException(
                    "%s:%d: %s; delete this line, what it held is made again".formatted(file, number, e.getMessage()),
                    e);
        }
    }

    private T row(byte[] line) {
        return Json.read(new String(line, StandardCharsets.UTF_8), type);
    }
}
