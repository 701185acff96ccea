package dev.confab.adapter.persistence.file;

/** What closing the store does with its threads. */
final class Threads {
    private Threads() {
    }

    /** Waits until the thread has ended, through interrupts; an interrupt stays set. */
    static void join(Thread thread) {
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
