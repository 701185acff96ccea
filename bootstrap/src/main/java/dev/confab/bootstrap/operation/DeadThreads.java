package dev.confab.bootstrap.operation;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Watches for threads that die of an exception. The process would otherwise go on without its journal, its feed or the server's
 * acceptor, and look healthy. After an {@link OutOfMemoryError} nothing in it can be relied on: it exits, as with the JVM's flag
 * {@code ExitOnOutOfMemoryError}, and loses nothing that was acknowledged. After any other death liveness is BROKEN, so that a
 * supervisor restarts it; only a request may die of an exception without harm to the others.
 */
public final class DeadThreads implements UncaughtExceptionHandler, AutoCloseable {
    /** The status that the JVM's flag uses. */
    static final int EXIT_STATUS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(DeadThreads.class);

    private final ApplicationEventPublisher publisher;
    private final IntConsumer halt;

    /** @param halt ends the process at once with a status: {@code Runtime.halt} */
    public DeadThreads(ApplicationEventPublisher publisher, IntConsumer halt) {
        this.publisher = publisher;
        this.halt = halt;
    }

    /** Watches every thread of the process that has no handler of its own. */
    public void watch() {
        Thread.setDefaultUncaughtExceptionHandler(this);
    }

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            try {
                LOG.error("The thread {} ran out of memory; the process exits now and must be restarted",
                        thread.getName(), thrown);
            } finally {
                halt.accept(EXIT_STATUS);
            }
        } else if (thread.isVirtual() && !(thrown instanceof Error)) {
            LOG.error("The thread {} failed", thread.getName(), thrown);
        } else {
            LOG.error("The thread {} died; liveness fails from now on, and the process must be restarted",
                    thread.getName(), thrown);
            AvailabilityChangeEvent.publish(publisher, this, LivenessState.BROKEN);
        }
    }
}
