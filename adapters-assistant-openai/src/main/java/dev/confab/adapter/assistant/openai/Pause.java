package dev.confab.adapter.assistant.openai;

import java.time.Duration;

/** How to wait before another attempt. */
@FunctionalInterface
interface Pause {
    void pause(Duration time) throws InterruptedException;
}
