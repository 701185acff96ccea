package dev.confab.application.retry;

import dev.confab.domain.port.StorageException;

/** Called before the wait of every retry, on the thread that retries. It must return at once and throw nothing. */
@FunctionalInterface
public interface RetryListener {
    /** Does nothing. */
    RetryListener NONE = (attempt, failure) -> {
    };

    /** @param attempt the attempt that failed, from 1 */
    void retrying(int attempt, StorageException failure);
}
