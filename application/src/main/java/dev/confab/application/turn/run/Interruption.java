package dev.confab.application.turn.run;

import dev.confab.domain.session.TurnFailure;
import java.util.Optional;

/**
 * Decides where a runner may be interrupted: while it calls the assistant or a tool, and nowhere else. An interrupt within a
 * commit would only end the wait for it ({@code LockTimeout}), and leave the runner not knowing what it wrote.
 *
 * <p>All under one lock: an interrupt is sent only to the thread that is inside a call, and whoever leaves a call takes back an
 * interrupt that came too late before it can be seen outside.
 */
final class Interruption {
    private Optional<Thread> inside = Optional.empty();
    private boolean stopped;
    private Optional<TurnFailure> failure = Optional.empty();

    interface Call<T> {
        T call() throws InterruptedException;
    }

    /**
     * Runs a call that may be interrupted.
     *
     * @throws RunStopped the run is to write nothing more, whatever came of the call
     * @throws RunFailed the turn is to fail, whatever came of the call
     */
    <T> T call(Call<T> call) throws InterruptedException {
        enter();
        try {
            return call.call();
        } finally {
            leave();
        }
    }

    synchronized void stop() {
        stopped = true;
        inside.ifPresent(Thread::interrupt);
        notifyAll();
    }

    /** The first failure counts. */
    synchronized void fail(TurnFailure why) {
        if (failure.isEmpty()) {
            failure = Optional.of(why);
        }
        inside.ifPresent(Thread::interrupt);
    }

    synchronized Optional<TurnFailure> failure() {
        return failure;
    }

    synchronized void requireOpen() {
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

    /** Waits so long, or until stopped. */
    synchronized void pause(long millis) {
        try {
            long end = System.nanoTime() + millis * 1_000_000;
            for (long left = millis; left > 0 && !stopped; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException nobodyElseInterrupts) {
            stopped = true;
        }
        requireNotStopped();
    }

    private synchronized void enter() {
        requireOpen();
        inside = Optional.of(Thread.currentThread());
    }

    private synchronized void leave() {
        inside = Optional.empty();
        boolean _ = Thread.interrupted();
        requireOpen();
    }
}
