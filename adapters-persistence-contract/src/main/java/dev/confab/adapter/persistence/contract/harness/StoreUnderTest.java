package dev.confab.adapter.persistence.contract.harness;

import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import java.util.Optional;

/**
 * An open store as the suite sees it. The five views may be one object. They are asked for anew after {@link #reopen} and
 * {@link #crash}, which put another store in their place.
 */
public interface StoreUnderTest extends AutoCloseable {

    ConversationStore store();

    ConversationReader reader();

    SessionReader sessions();

    ChangeFeed feed();

    OwnerEraser eraser();

    /**
     * Another instance over the same storage, to be used beside this one. A store that owns its storage alone reopens instead and
     * returns itself.
     */
    StoreUnderTest another();

    /** Closes the store in order, and opens another on the same storage. */
    void reopen();

    /**
     * Abandons the store as the death of its process would: nothing is closed, what it has not made durable is lost. Then opens
     * another on the same storage. From then on the abandoned one changes nothing, and a {@code transact} under way there either
     * throws or had been durable.
     */
    void crash();

    /** The way to make the storage fail; empty when there is none, and then S15's tests that need it are reported as skipped. */
    Optional<Faults> faults();

    /** Closes the store and lets the storage go. The suite calls it once for each store it was given, a second call does nothing. */
    @Override
    void close();
}
