package dev.confab.benchmarks.harness;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The physical limit of a durable append: a growing file, one write, one force of its data. */
public final class BareFile implements AutoCloseable {
    private final FileChannel channel;

    /** A new, empty file. */
    public BareFile(Path path) throws IOException {
        channel = FileChannel.open(path, WRITE, CREATE_NEW);
    }

    /** Appends the bytes and waits until the disk has them. */
    public void writeAndForce(ByteBuffer bytes) throws IOException {
        ByteBuffer rest = bytes.duplicate();
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Lines of the length given, as a journal's would be. */
    public static ByteBuffer lines(int count, int length) {
        ByteBuffer lines = ByteBuffer.allocateDirect(count * length);
        for (int i = 0; i < count; i++) {
            for (int j = 1; j < length; j++) {
                lines.put((byte) ('a' + (i + j) % 26));
            }
            lines.put((byte) '\n');
        }
        return lines.flip();
    }
}
