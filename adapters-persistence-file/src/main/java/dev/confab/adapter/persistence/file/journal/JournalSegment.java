package dev.confab.adapter.persistence.file.journal;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Disk.ForceFailed;
import dev.confab.adapter.persistence.file.disk.DirectoryLost;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.OpenedFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The journal segment that is being written. Behind its last line there is room: newlines, which are written together with a line that
 * does not fit into the room before. So most forces leave the file's length as it is, and the file system need not write its own journal.
 */
public final class JournalSegment implements Closeable {
    /** A multiple of the sector size of every disk, and the usual unit in which file systems allocate. */
    private static final int BLOCK = 4096;

    private final long number;
    private final Disk.WritableFile file;
    private final OpenedFile opened;
    private final int roomAhead;
    /** Where the next line begins: behind the last forced one. */
    private long forced;
    private int written;
    /** The length of the file with its room. */
    private long end;

    private JournalSegment(long number, Disk.WritableFile file, OpenedFile opened, int roomAhead) {
        this.number = number;
        this.file = file;
        this.opened = opened;
        this.roomAhead = roomAhead;
    }

    /** Creates an empty segment whose name is durable. */
    static JournalSegment create(Disk disk, Layout layout, long number) throws IOException {
        Disk.WritableFile file = disk.open(layout.segment(number));
        try {
            file.truncate(0);
            file.force();
            disk.forceDirectory(layout.journal());
            return new JournalSegment(number, file, new OpenedFile(disk, layout.segment(number)), disk.roomAhead());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** The bytes of a segment, or the last bytes of one, without the room at their end. */
    public static byte[] withoutRoom(byte[] bytes) {
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

    /** Throws {@link DirectoryLost} when the segment is not under its path any more. */
    void check() throws IOException {
        opened.check();
    }

    /** Writes room as a line would need it, and no line; {@link #force} must follow or, when this fails, {@link #cutBack}. */
    void writeRoom() throws IOException {
        write(new byte[0]);
    }

    /** Writes a line; {@link #force} must follow or, when this fails, {@link #cutBack}. */
    void write(byte[] line) throws IOException {
        byte[] bytes = Arrays.copyOf(line, forced + line.length >= end ? lengthWithRoom(line.length) : line.length);
        Arrays.fill(bytes, line.length, bytes.length, (byte) '\n');
        file.write(ByteBuffer.wrap(bytes), forced);
        written = line.length;
        end = Math.max(end, forced + bytes.length);
    }

    /** The room ends at the end of a block, or a crash could leave a block with newlines at its front and zeros behind them. */
    private int lengthWithRoom(int line) {
        long roomEnd = (forced + line + roomAhead + BLOCK - 1) / BLOCK * BLOCK;
        return Math.toIntExact(roomEnd - forced);
    }

    void force() throws ForceFailed {
        file.force();
        forced += written;
        written = 0;
    }

    /** Removes a line that could not be written, and the room. It forces that, or a crash could mix the line with the next one. */
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
