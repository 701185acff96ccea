package dev.confab.adapter.persistence.contract.harness;

import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import java.util.Optional;

/**
 * An open store as the suite uses it. The ports may be one object. {@link #reopen} and {@link #crash} replace the store, so the
 * suite asks for the ports again after them.
 */
public interface StoreUnderTest extends AutoCloseable {

    ConversationStore store();

    ConversationReader reader();

    SessionReader sessions();

    /** Everything that is stored. */
    StoredConversations stored();

    ChangeFeed feed();

    OwnerEraser eraser();

    UsageReader usages();

    /**
     * The API keys.
     *
     * @param limit how many may exist; {@link ApiKeyStore#MAX_KEYS} would take a test of the limit too long
     */
    ApiKeyStore keys(int limit);

    /**
     * The webhooks.
     *
     * @param limit how many an owner may have
     */
    WebhookStore webhooks(int limit);

    /**
     * The import jobs.
     *
     * @param limit how many unfinished ones an owner may have
     */
    ImportJobStore importJobs(int limit);

    /**
     * Opens another instance over the same storage, for use together with this one. A store that cannot share its storage returns
     * itself.
     */
    StoreUnderTest another();

    /** Closes the store normally and opens a new one on the same storage. */
    void reopen();

    /**
     * Abandons the store as if its process had crashed: nothing is closed, and everything that is not durable is lost. Then opens a
     * new store on the same storage. From then on the abandoned store changes nothing; a {@code transact} that is running there
     * throws, or its commit was durable before.
     */
    void crash();

    /** Makes the storage fail; empty if this is not possible, and then the tests that need it are reported as skipped. */
    Optional<Faults> faults();

    /** Closes the store and removes the storage. The suite calls it once for each store. A second call has no effect. */
    @Override
    void close();
}
