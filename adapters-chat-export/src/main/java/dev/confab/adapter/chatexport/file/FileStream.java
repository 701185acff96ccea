package dev.confab.adapter.chatexport.file;

import dev.confab.domain.chatexport.ChatFile;
import java.io.InputStream;

/** A file from its beginning. */
final class FileStream extends InputStream {
    private final ChatFile file;
    private long position;

    FileStream(ChatFile file) {
        this.file = file;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int read = file.read(position, bytes, offset, length);
        position += Math.max(read, 0);
        return read;
    }
}
