package dev.confab.adapter.persistence.file;

import dev.confab.adapter.persistence.file.Disk.ForceFailed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The journal's file that is being written. Behind its last line there is room: newlines, written together with a line that does
 * not fit in and forced with it. A force of a line that fits has no new length to make durable, so the file system need not write
 * its own journal for it.
 */
final class JournalSegment implements Closeable {
    /** A multiple of every disk's sectors, and what file systems allot. */
    private static final int BLOCK = 4096;

    private final long number;
    private final Disk.WritableFile file;
    private final int roomAhead;
    /** Where the next line begins: behind the last one that was forced. */
    private long forced;
    private int written;
    /** The file's own length, room included. */
    private long end;

    private JournalSegment(long number, Disk.WritableFile file, int roomAhead) {
        this.number = number;
        this.file = file;
        this.roomAhead = roomAhead;
    }

    /** An empty one, whose name is durable. */
    static JournalSegment create(Disk disk, Layout layout, long number) throws IOException {
        Disk.WritableFile file = disk.open(layout.segment(number));
        try {
            file.truncate(0);
            file.force();
            disk.forceDirectory(layout.journal());
            return new JournalSegment(number, file, disk.roomAhead());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** What stands before the room. */
    static byte[] withoutRoom(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == '\n') {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    long number() {
        return number;
    }

    boolean isEmpty() {
        return forced == 0;
    }

    /** To be followed by {@link #force} or, when it fails, by {@link #cutBack}. */
    void write(byte[] line) throws IOException {
        byte[] bytes = line;
        if (forced + line.length > end) {
            bytes = Arrays.copyOf(line, lengthWithRoom(line.length));
            Arrays.fill(bytes, line.length, bytes.length, (byte) '\n');
        }
        file.write(ByteBuffer.wrap(bytes), forced);
        written = line.length;
        end = Math.max(end, forced + bytes.length);
    }

    /** So that the room ends with a block: else a crash could leave one that is newlines in front and zeros behind. */
    private int lengthWithRoom(int line) {
        long roomEnd = (forced + line + roomAhead + BLOCK - 1) / BLOCK * BLOCK;
        return Math.toIntExact(roomEnd - forced);
    }

    void force() throws ForceFailed {
        file.force();
        forced += written;
        written = 0;
    }

    /** As it was after the last line that was forced; its room is gone. */
    void cutBack() throws IOException {
        file.truncate(forced);
        file.force();
        written = 0;
        end = forced;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
