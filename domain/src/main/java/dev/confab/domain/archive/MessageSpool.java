package dev.confab.domain.archive;

import dev.confab.domain.conversation.Message;

/** Keeps messages outside the heap for a while: those of an import that are more than memory should hold. */
public interface MessageSpool {

    /** An empty place for messages. Throws {@link dev.confab.domain.port.StorageUnavailable} if there is no room. */
    Spooled open();

    /** Messages in the order in which they were added. They can be iterated over again and again. Not thread-safe. */
    interface Spooled extends Iterable<Message>, AutoCloseable {
        /** Must not be called once an iteration has begun. Throws {@link dev.confab.domain.port.StorageUnavailable} if there is no room. */
        void add(Message message);

        /** Frees the room. Does not throw. */
        @Override
        void close();
    }
}
