package dev.confab.application.erasure;

import dev.confab.application.Erasures;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.Erased;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.WebhookStore;
import java.time.InstantSource;

/**
 * Implements {@link Erasures}. The purge of a conversation reaches every instance by the change feed, and its turns and event streams end
 * there.
 *
 * @param clock ticks in whole milliseconds
 */
public record ErasureService(ConversationStore store, OwnerEraser eraser, ApiKeyStore keys,
        WebhookStore webhooks, ImportJobStore imports, Ids ids, InstantSource clock) implements Erasures {

    @Override
    public FencingToken begin(OwnerId owner) {
        return store.token(owner);
    }

    /**
     * Removes the webhooks first, so that no webhook receives events of the purges, and the keys last: if something fails before, the
     * owner can still call again. Imports are removed before the erasure, so that they end soon. Webhooks and imports that were begun
     * meanwhile are removed after it: such an import could store nothing, but would hold the uploaded file.
     */
    @Override
    public Report erase(OwnerId owner) {
        int webhooksRemoved = webhooks.removeAllOf(owner);
        imports.removeAllOf(owner);
        Erased erased = eraser.erase(owner);
        webhooksRemoved += webhooks.removeAllOf(owner);
        imports.removeAllOf(owner);
        int keysRemoved = keys.removeAllOf(owner);
        return new Report(ids.next(), owner, clock.instant(), erased, keysRemoved, webhooksRemoved);
    }
}
