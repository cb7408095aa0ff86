package dev.caravan.model;

import dev.caravan.DataException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/// A tensor of a mapped file.
///
/// @param bytes its part of the file
@SuppressWarnings("ArrayRecordComponent") // never compared, and handed out as copies
record MappedTensor(ElementType type, long[] shape, MemorySegment bytes) {
    static MappedTensor find(Map<String, MappedTensor> tensors, String name, Path source) {
        MappedTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new DataException("%s: has no tensor \"%s\"; nearest: %s"
                    .formatted(source, name, String.join(", ", NearNames.of(name, tensors.keySet()))));
        }
        return tensor;
    }

    /// The whole file, mapped until the arena closes.
    static MemorySegment map(Path file, Arena arena) {
        if (Files.isDirectory(file)) {
            throw new DataException("%s: is a folder, not a file of weights".formatted(file));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (NoSuchFileException e) {
            throw new DataException("%s: no such file".formatted(file), e);
        } catch (IOException e) {
            throw new DataException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }
}
