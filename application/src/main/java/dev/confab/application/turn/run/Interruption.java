package dev.confab.application.turn.run;

import dev.confab.application.turn.answer.RunFailed;
import dev.confab.domain.session.TurnFailure;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a run, but only while it calls the assistant or a tool. During a write, an interrupt could end the wait for the conversation
 * ({@code LockTimeout}, S8), and the run could not record how the turn ended.
 *
 * <p>All state is under one lock. An interrupt is sent only to a thread that is inside a call, and a thread that leaves a call clears its
 * interrupt flag under the same lock: so an interrupt that arrives too late never reaches the code after the call.
 */
final class Interruption {
    private Optional<Thread> calling = Optional.empty();
    private boolean stopped;
    private Optional<TurnFailure> failure = Optional.empty();

    interface Call<T> {
        T call() throws InterruptedException;
    }

    /**
     * Makes a call that may be interrupted. Whatever it returns, {@link RunStopped} or {@link RunFailed} is thrown if the run was
     * interrupted.
     */
    <T> T call(Call<T> call) throws InterruptedException {
        synchronized (this) {
            requireNotInterrupted();
            calling = Optional.of(Thread.currentThread());
        }
        try {
            return call.call();
        } finally {
            leave();
        }
    }

    synchronized void stop() {
        stopped = true;
        calling.ifPresent(Thread::interrupt);
        notifyAll();
    }

    /** The first failure counts. */
    synchronized void fail(TurnFailure why) {
        if (failure.isEmpty()) {
            failure = Optional.of(why);
        }
        calling.ifPresent(Thread::interrupt);
    }

    synchronized Optional<TurnFailure> failure() {
        return failure;
    }

    synchronized void requireNotInterrupted() {
        requireNotStopped();
        failure.ifPresent(why -> {
            throw new RunFailed(why);
        });
    }

    synchronized void requireNotStopped() {
        if (stopped) {
            throw new RunStopped();
        }
    }

    /** Waits for that long, or until the run is stopped. */
    synchronized void pause(long millis) {
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            for (long left = millis; left > 0
                    && !stopped; left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                wait(left);
            }
        } catch (InterruptedException onlyStopInterrupts) {
            stopped = true;
        }
        requireNotStopped();
    }

    private synchronized void leave() {
        calling = Optional.empty();
        boolean _ = Thread.interrupted();
        requireNotInterrupted();
    }
}
