package dev.confab.bootstrap.chatimport;

import dev.confab.domain.chatexport.ChatFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of this machine. A read that fails is thrown as {@link UncheckedIOException}. */
final class DiskFile implements ChatFile, AutoCloseable {
    private final String name;
    private final FileChannel channel;
    private final long size;

    DiskFile(Path path) throws IOException {
        this.name = String.valueOf(path.getFileName());
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = channel.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(long position, byte[] bytes, int offset, int length) {
        try {
            return channel.read(ByteBuffer.wrap(bytes, offset, length), position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
