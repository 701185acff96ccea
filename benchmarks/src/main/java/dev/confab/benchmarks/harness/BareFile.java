package dev.confab.benchmarks.harness;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file for the physical limit of a durable append: it grows by one write, whose data is then forced to the disk. */
public final class BareFile implements AutoCloseable {
    private final FileChannel channel;

    /** Creates the file. */
    public BareFile(Path path) throws IOException {
        channel = FileChannel.open(path, WRITE, CREATE_NEW);
    }

    /** Appends the bytes and waits until they are on the disk. */
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

    /** Lines of this length in bytes, like those of a journal. */
    public static ByteBuffer lines(int count, int length) {
        ByteBuffer lines = ByteBuffer.allocateDirect(count * length);
        for (int i = 1; i <= lines.capacity(); i++) {
            lines.put((byte) (i % length == 0 ? '\n' : 'a' + i % 26));
        }
        return lines.flip();
    }
}
