package dev.confab.adapter.assistant.offline;

import java.time.Duration;

/** How the assistant waits before a word of a slow answer. */
@FunctionalInterface
public interface Pause {
    Pause SLEEPING = Thread::sleep;

    void pause(Duration time) throws InterruptedException;
}
