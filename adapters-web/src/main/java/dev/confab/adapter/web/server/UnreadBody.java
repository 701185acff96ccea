package dev.confab.adapter.web.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * The rest of a body that was not read, because its request was rejected early or has no use for a body. Tomcat reads it to the end, so
 * that the connection can serve another request, and its time limit starts again with each byte: a client that sends a byte now and then
 * would hold the connection for ever.
 */
final class UnreadBody {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The bytes that must arrive in a second, on average, once the patience is over. */
    private static final int BYTES_A_SECOND = 1024;

    private UnreadBody() {
    }

    /** Sends the response, then reads the rest. If that has more bytes or arrives too slowly, the connection is closed. */
    static void discard(Request request, Response response, int maxBytes) throws IOException {
        if (isRead(request)) {
            return;
        }
        response.flushBuffer();
        if (!readRest(request, maxBytes)) {
            request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Returns whether the body has ended. */
    private static boolean readRest(Request request, int maxBytes) {
        var ignored = new Ignored();
        long start = System.nanoTime();
        try {
            for (long bytes = 0; !isRead(request);) {
                int read = request.doRead(ignored);
                bytes += read;
                if (read < 0 || bytes > maxBytes
                        || isTooSlow(bytes, Duration.ofNanos(System.nanoTime() - start))) {
                    return isRead(request);
                }
            }
            return true;
        } catch (IOException brokenOff) {
            return false;
        }
    }

    private static boolean isTooSlow(long bytes, Duration since) {
        return since.compareTo(PATIENCE) > 0 && bytes < BYTES_A_SECOND * since.toSeconds();
    }

    private static boolean isRead(Request request) {
        var read = new AtomicBoolean();
        request.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }

    /** Takes what Tomcat has read, and forgets it. */
    private static final class Ignored implements ApplicationBufferHandler {
        private ByteBuffer buffer = EMPTY_BUFFER;

        @Override
        public void setByteBuffer(ByteBuffer read) {
            buffer = read;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // Discarded bytes need no memory.
        }
    }
}
