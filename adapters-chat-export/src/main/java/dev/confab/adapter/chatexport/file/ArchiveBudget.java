package dev.confab.adapter.chatexport.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How much may be read out of one archive. */
final class ArchiveBudget {
    /** Of everything that is read, over all entries. */
    static final long MAX_BYTES = 16L << 30;
    /** Text shrinks to a tenth; what shrinks to a hundredth of that was made to fill a memory. */
    static final int MAX_RATIO = 1_000;
    /** A small entry may have any ratio. */
    static final long FREE_BYTES = 8L << 20;

    private long left = MAX_BYTES;

    /** The stream, which ends with {@link ArchiveTooLarge} at a bound. */
    InputStream bounded(InputStream in, String name, long compressedBytes) {
        long most = Math.max(FREE_BYTES, Math.max(0, compressedBytes) * MAX_RATIO);
        return new FilterInputStream(in) {
            private long read;

            @Override
            public int read() throws IOException {
                int value = in.read();
                count(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int got = in.read(bytes, offset, length);
                count(Math.max(got, 0));
                return got;
            }

            @Override
            public long skip(long bytes) throws IOException {
                long skipped = in.skip(bytes);
                count(skipped);
                return skipped;
            }

            private void count(long bytes) throws ArchiveTooLarge {
                read += bytes;
                left -= bytes;
                if (read > most) {
                    throw new ArchiveTooLarge("the entry " + name + " is more than " + MAX_RATIO
                            + " times as large as its compressed form");
                }
                if (left < 0) {
                    throw new ArchiveTooLarge("the archive contains more than " + (MAX_BYTES >> 30) + " GiB");
                }
            }
        };
    }
}
