package dev.confab.adapter.chatexport.file;

import dev.confab.domain.chatexport.ChatFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/** Where the list of entries of an archive is (APPNOTE.TXT 4.3.14 to 4.3.16): the library reads all of it, so its size needs a bound. */
final class CentralDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_BYTES = 20;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final long IN_ZIP64 = 0xFFFF_FFFFL;

    private CentralDirectory() {
    }

    /** How many bytes follow the beginning of the list; empty when there is no list. */
    static OptionalLong bytes(ChatFile file) {
        int length = (int) Math.min(file.size(), LOCATOR_BYTES + END_BYTES + MAX_COMMENT);
        ByteBuffer tail = bytes(file, file.size() - length, length);
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                long start = Integer.toUnsignedLong(tail.getInt(at + 16));
                return beginning(file, start == IN_ZIP64 ? inZip64(file, tail, at) : start);
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong beginning(ChatFile file, long start) {
        return start >= 0 && start <= file.size() ? OptionalLong.of(file.size() - start) : OptionalLong.empty();
    }

    private static long inZip64(ChatFile file, ByteBuffer tail, int end) {
        int at = end - LOCATOR_BYTES;
        if (at < 0 || tail.getInt(at) != LOCATOR_SIGNATURE) {
            return -1;
        }
        long record = tail.getLong(at + 8);
        ByteBuffer bytes = record < 0 || record > file.size() ? ByteBuffer.allocate(0) : bytes(file, record, 56);
        return bytes.limit() < 56 ? -1 : bytes.getLong(48);
    }

    /** Up to so many bytes, fewer at the end of the file. */
    private static ByteBuffer bytes(ChatFile file, long from, int length) {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            int read = file.read(from + filled, bytes, filled, length - filled);
            if (read < 0) {
                break;
            }
            filled += read;
        }
        return ByteBuffer.wrap(bytes, 0, filled).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
