package dev.confab.application.retry;

import dev.confab.domain.port.StorageException;

/** Is told of every retry, from the thread that makes it, before the wait; it must return at once and throw nothing. */
@FunctionalInterface
public interface RetryListener {
    /** Nobody listens. */
    RetryListener NONE = (attempt, failure) -> {
    };

    /**
     * @param attempt the attempt that failed, from 1
     * @param failure what it ended with
     */
    void retrying(int attempt, StorageException failure);
}
