package dev.confab.adapter.web.security;

import dev.confab.adapter.web.event.EventStreams;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Ends the open event streams of callers whose key was revoked or whose key or token has expired, within two seconds. */
final class StreamWatch implements SmartLifecycle {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private final EventStreams streams;
    private @Nullable Thread thread;

    StreamWatch(EventStreams streams) {
        this.streams = streams;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("confab-stream-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(EVERY);
                streams.endUnauthorized();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
