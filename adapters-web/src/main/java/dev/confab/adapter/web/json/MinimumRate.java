package dev.confab.adapter.web.json;

import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A body that must arrive at a minimum rate, or a client that sends a byte now and then would hold its connection for ever. Only the time
 * in which the server waits for bytes counts, so a slow server does not reject a fast client.
 */
final class MinimumRate extends FilterInputStream {
    /** From then on the average of the whole body counts. */
    static final Duration GRACE = Duration.ofSeconds(20);

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private long waitedNanos;
    private long bytes;

    /** @param nanoTime as {@link System#nanoTime} */
    MinimumRate(InputStream body, long bytesPerSecond, LongSupplier nanoTime) {
        super(body);
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
    }

    @Override
    public int read() throws IOException {
        long start = nanoTime.getAsLong();
        int read = super.read();
        count(start, read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        long start = nanoTime.getAsLong();
        int read = super.read(buffer, offset, length);
        count(start, Math.max(0, read));
        return read;
    }

    private void count(long start, int read) {
        waitedNanos += nanoTime.getAsLong() - start;
        bytes += read;
        double seconds = waitedNanos / 1e9;
        if (seconds > GRACE.toSeconds() && bytes < seconds * bytesPerSecond) {
            throw new ProblemException(ProblemCode.REQUEST_TIMEOUT, "The body arrived at less than " + bytesPerSecond
                    + " bytes a second.");
        }
    }
}
