package dev.confab.bootstrap.archive;

import dev.confab.domain.archive.ByteSink;
import dev.confab.domain.archive.ByteSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Archives as streams: files, or the standard input and output when the name is {@code -}. */
final class Streams {
    private static final String STANDARD = "-";

    private Streams() {
    }

    static boolean isStandard(String name) {
        return name.equals(STANDARD);
    }

    /** The standard output as it was when the process started: the log goes elsewhere. */
    static OutputStream standardOutput() {
        return new FileOutputStream(FileDescriptor.out);
    }

    /** A new file, which its owner alone may read: it holds every conversation. */
    static PrivateFile create(Path file) throws IOException {
        return new PrivateFile(file);
    }

    static InputStream open(String name) throws IOException {
        return isStandard(name) ? System.in : Files.newInputStream(Path.of(name), StandardOpenOption.READ);
    }

    static ByteSink sink(OutputStream out) {
        return (bytes, offset, length) -> {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    static ByteSource source(InputStream in) {
        return (bytes, offset, length) -> {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Passes on the bytes that are read, unchanged. */
    static ByteSource tee(InputStream in, OutputStream copy) {
        return (bytes, offset, length) -> {
            try {
                int read = in.read(bytes, offset, length);
                if (read > 0) {
                    copy.write(bytes, offset, read);
                }
                return read;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
