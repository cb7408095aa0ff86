package dev.caravan.planted.text;

import dev.caravan.planted.cli.Commands;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/// One violation a method, for the test of the test; never run. The last two methods break no rule.
final class Planted {
    String upwards() {
        return Commands.name();
    }

    long engine() {
        return Pointer.totalBytes();
    }

    void writes(Path file) throws IOException {
        Files.writeString(file, "");
    }

    interface Deletion {
        void delete(Path file) throws IOException;
    }

    Deletion deletesByReference() {
        return Files::delete;
    }

    OutputStream writesStream(String file) throws IOException {
        return new FileOutputStream(file);
    }

    FileChannel writesChannel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    void prints() {
        List.of(1).forEach(number -> System.out.println(number));
    }

    void exits() {
        System.exit(1);
    }

    Process starts() throws IOException {
        return Runtime.getRuntime().exec(new String[] {"true"});
    }

    FileChannel reads(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    OutputStream toTheOutside() {
        return new FileOutputStream(FileDescriptor.out);
    }
}
