package dev.confab.adapter.chatexport.file;

import dev.confab.domain.chatexport.ChatFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file as a channel, for libraries. */
final class FileChannelView implements SeekableByteChannel {
    private final ChatFile file;
    private long position;
    private boolean open = true;

    FileChannelView(ChatFile file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        byte[] bytes = new byte[target.remaining()];
        int read = file.read(position, bytes, 0, bytes.length);
        if (read > 0) {
            target.put(bytes, 0, read);
            position += read;
        }
        return read;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("negative position");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
