package dev.confab.adapter.web.event;

import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.Caller.Credential;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * The open event streams. Each blocks the virtual thread of its request, which waits for a signal, reads the new state and writes it to
 * its client. Nothing is buffered for a slow client, and the thread that signals a change never writes to a client.
 */
@Component
public final class EventStreams implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    /**
     * How much longer every stream waits before it reads again for each stream that is open, up to {@link #MAX_PAUSE}. All streams together
     * then write at most some 20,000 times a second, and changes in between are sent together. Without this pause a thousand readers of one
     * turn leave no processor time for the assistant.
     */
    private static final Duration PAUSE_PER_STREAM = Duration.ofNanos(50_000);
    private static final Duration MAX_PAUSE = Duration.ofMillis(50);

    private final Duration heartbeat;
    private final Set<OpenStream> open = ConcurrentHashMap.newKeySet();
    private final StreamPermits permits;
    private volatile boolean running;
    /** Whether the last check of credentials could not ask for one of them. Used by the thread that checks. */
    private boolean checkFailing;

    EventStreams(WebSettings settings) {
        this.heartbeat = settings.heartbeat();
        this.permits = new StreamPermits(settings);
    }

    /** One stream while it is open. */
    private static final class OpenStream {
        private final Caller caller;
        /** Several signals before the thread waits for one wake it once. */
        private final Semaphore signal = new Semaphore(0);
        private volatile boolean ended;

        OpenStream(Caller caller) {
            this.caller = caller;
        }

        /** The stream's thread sees {@code ended} after it has acquired the signal, which is released after the write. */
        void end() {
            ended = true;
            signal.release();
        }
    }

    /** The content of one stream. All methods run in the thread of its request. */
    public interface Stream {
        /** From now on calls {@code wake}, in any thread, when there may be new events. */
        Subscription watch(Runnable wake);

        /** Reads where the stream begins. An exception becomes the response; false, for a stream that has ended, becomes 204. */
        boolean begin();

        /** Writes the new events, if any; returns whether the stream goes on. Also called without a signal. */
        boolean writeNews(EventWriter writer) throws IOException;
    }

    /**
     * Serves a stream until it ends, the client disconnects or the server stops. A HEAD request gets the headers alone. With too many
     * streams open, it is refused before it begins.
     */
    public void serve(Caller caller, Stream stream, HttpMethod method, HttpServletResponse response)
            throws IOException {
        var opened = new OpenStream(caller);
        // Watched before it is read: a change after the read releases the signal, so no event waits for a heartbeat.
        try (var _ = permits.take(caller); var _ = stream.watch(opened.signal::release)) {
            if (!stream.begin()) {
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
                return;
            }
            if (method.equals(HttpMethod.HEAD)) {
                EventWriter.prepare(response);
                return;
            }
            open.add(opened);
            run(stream, opened, EventWriter.open(response));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(opened);
        }
    }

    private void run(Stream stream, OpenStream opened, EventWriter writer) throws IOException, InterruptedException {
        try {
            while (running && !opened.ended && stream.writeNews(writer)) {
                Duration rest = heartbeat.minus(writer.sinceLastWrite());
                if (!rest.isPositive()) {
                    writer.comment("idle");
                    rest = heartbeat;
                }
                boolean _ = opened.signal.tryAcquire(rest.toNanos(), TimeUnit.NANOSECONDS);
                // Before the read, so that a signal during the read counts.
                opened.signal.drainPermits();
                Thread.sleep(pause());
            }
        } catch (IOException disconnected) {
            LOG.debug("Event stream closed: the client has disconnected or is too slow", disconnected);
            throw disconnected;
        }
    }

    /**
     * Ends the streams of callers whose credential is no longer valid. Each credential is asked once, however many streams it opened. If
     * it cannot be asked now, its streams stay open until a later call can. Called by one thread, every few seconds.
     */
    public void endUnauthorized() {
        var valid = new HashMap<Credential, Boolean>();
        boolean failed = false;
        for (OpenStream stream : open) {
            try {
                if (!valid.computeIfAbsent(stream.caller.credential(), Credential::isValid)) {
                    stream.end();
                }
            } catch (RuntimeException unknown) {
                valid.put(stream.caller.credential(), true);
                if (!checkFailing && !failed) {
                    LOG.warn("Cannot check whether the callers of open event streams are still allowed to read; the "
                            + "streams stay open until a check succeeds: {}", unknown.toString());
                }
                failed = true;
            }
        }
        checkFailing = failed;
    }

    /** Ends the streams that are open here for this owner. */
    public void endAllOf(OwnerId owner) {
        open.stream().filter(stream -> stream.caller.owner().equals(owner)).forEach(OpenStream::end);
    }

    private Duration pause() {
        Duration pause = PAUSE_PER_STREAM.multipliedBy(open.size());
        return pause.compareTo(MAX_PAUSE) < 0 ? pause : MAX_PAUSE;
    }

    /** How many streams are open now. */
    public int openStreams() {
        return open.size();
    }

    /** How many streams were refused because too many were open. */
    public long refusedStreams() {
        return permits.refused();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Ends all streams at once. */
    @Override
    public void stop() {
        running = false;
        open.forEach(stream -> stream.signal.release());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Streams end after {@code Draining}, so that their clients find another instance, and before Spring Boot waits for open requests. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
    }
}
