package dev.confab.domain.importjob;

import dev.confab.domain.chatexport.ChatFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** A file that is read piece by piece. The last pieces stay in memory, so that many small reads cost one. For one thread. */
public final class PiecedFile implements ChatFile {
    /** The length of each piece but the last, in bytes. */
    public static final int PIECE = 1 << 20;
    /** A reader of an archive goes back and forth between two places at most. */
    private static final int KEPT = 2;

    private final String name;
    private final long size;
    private final IntFunction<byte[]> pieces;
    private final Map<Integer, byte[]> kept = new LinkedHashMap<>(KEPT + 1, 1, true);

    /** @param pieces reads a piece by its number, from 0 */
    public PiecedFile(String name, long size, IntFunction<byte[]> pieces) {
        this.name = name;
        this.size = size;
        this.pieces = pieces;
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
        if (position >= size) {
            return -1;
        }
        byte[] piece = piece((int) (position / PIECE));
        int from = (int) (position % PIECE);
        int count = Math.min(length, piece.length - from);
        System.arraycopy(piece, from, bytes, offset, count);
        return count;
    }

    private byte[] piece(int number) {
        byte[] known = kept.get(number);
        if (known == null) {
            known = pieces.apply(number);
            kept.put(number, known);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return known;
    }
}
