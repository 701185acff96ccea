package dev.confab.adapter.persistence.file.memory;

/** How the store waits for its threads when it is closed. */
public final class ThreadJoin {
    private ThreadJoin() {
    }

    /** Waits until the thread has ended. An interrupt does not end the wait; the interrupt flag is set again afterwards. */
    public static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
