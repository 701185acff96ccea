package dev.confab.adapter.web.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends in {@link TooLarge} past its limit. */
final class BoundedBody extends FilterInputStream {
    private final long limit;
    private long count;

    BoundedBody(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /** The body has more bytes than allowed. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(long limit) {
            super(tooLarge(limit));
        }
    }

    static String tooLarge(long limit) {
        return "the body has more than " + limit + " bytes";
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    private void count(int read) throws TooLarge {
        count += read;
        if (count > limit) {
            throw new TooLarge(limit);
        }
    }
}
