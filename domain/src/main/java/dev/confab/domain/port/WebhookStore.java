package dev.confab.domain.port;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.webhook.Cursor;
import dev.confab.domain.webhook.DeliveryFailure;
import dev.confab.domain.webhook.Progress;
import dev.confab.domain.webhook.TooManyWebhooks;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import dev.confab.domain.webhook.WebhookIdReused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Stores webhooks, and for each of them and each conversation a cursor: the last event delivered. Events are not stored; they follow
 * from the cursor and the conversation.
 *
 * <p>An instance of the service that delivers is a <em>holder</em>: it claims webhooks for a time, and only the holder of a claim may
 * move the cursors of its webhook.
 *
 * <ul>
 * <li><b>W1 durable</b>: After {@code create}, {@code change}, {@code remove} or {@code removeAllOf} has returned, its change survives a
 * crash of the process or of the machine. A crash may set a cursor back to an earlier one, never forward.
 * <li><b>W2 real time</b>: Every call that starts after one of these, or after {@code advance} or {@code forget}, has returned sees its
 * change, in every thread and in every instance over the same storage.
 * <li><b>W3 round trip</b>: Webhooks and cursors come back exactly as they were stored.
 * <li><b>W4 from now on</b>: What was committed before {@code create} was called is never due for the webhook, and what is committed
 * after {@code create} has returned always is. This holds for conversations in the bin too, and again if a webhook with the same id is
 * created after a removal.
 * <li><b>W5 due</b>: {@code due} lists exactly the conversations of the webhook's owner whose {@link Progress#isDue} is true, in the order
 * of their ids, and {@code progress} returns
 * the state that readers see in real time, of expired and deleted conversations too. Damaged conversations may be left out.
 * <li><b>W6 one holder</b>: {@code claim} returns only enabled webhooks, and of concurrent claims for one webhook exactly one succeeds.
 * A claim that has not ended and was not released is not given to another holder. {@code renew} returns the webhooks that the holder still has.
 * <li><b>W7 fence</b>: {@code advance}, {@code forget} and {@code recordFailure} of anyone but the present holder change nothing and return
 * false.
 * <li><b>W8 forward</b>: The version of a cursor never goes back. An advance to a lower version changes nothing and returns false.
 * <li><b>W9 limit</b>: An owner has at most as many webhooks as the limit, however many calls create some at once. A repeated creation
 * returns the stored webhook and does not count.
 * <li><b>W10 removal</b>: A removed webhook cannot be found, listed, changed, claimed or renewed, and its cursors are gone. A removal concerns the
 * webhooks of that owner only.
 * <li><b>W11 failure</b>: After {@link StorageUnavailable} nothing of the change is recorded, and after {@link CommitOutcomeUnknown} all of
 * it or nothing. Every call may throw the first, and calls that change something may throw the second.
 * </ul>
 */
public interface WebhookStore {
    /** As many webhooks may one owner have, those included that are disabled. */
    int MAX_WEBHOOKS = 10;

    /**
     * Stores a new webhook, with the present state of the owner's conversations as its cursors. If the same request created it before,
     * returns the stored one and changes nothing.
     *
     * @throws WebhookIdReused if another request created a webhook with this id
     * @throws TooManyWebhooks if the owner has as many as an owner may have
     */
    Webhook create(Webhook webhook);

    Optional<Webhook> find(WebhookId id);

    /** All webhooks of the owner, in the order of their ids. */
    List<Webhook> list(OwnerId owner);

    /**
     * Replaces the webhook by the function's result, which must be a webhook with the same id and owner. The function may run more
     * than once. Empty when the owner has no webhook with this id.
     */
    Optional<Webhook> change(OwnerId owner, WebhookId id, UnaryOperator<Webhook> change);

    /** Removes the webhook and its cursors. Returns false when the owner has no webhook with this id. */
    boolean remove(OwnerId owner, WebhookId id);

    /** Removes all webhooks of the owner and returns their number. */
    int removeAllOf(OwnerId owner);

    /**
     * Claims at most {@code limit} webhooks that are enabled and that no other holder has at {@code now}, until {@code until}, and returns
     * those that this holder did not have before.
     */
    List<Webhook> claim(UUID holder, Instant now, Instant until, int limit);

    /** Extends the claims of the holder that no other holder has taken, of enabled webhooks, and returns the webhooks. */
    List<Webhook> renew(UUID holder, Instant until);

    /** Ends all claims of the holder. */
    void release(UUID holder);

    /** A page of the conversations in which an event waits for the webhook; empty when there is no such webhook. {@code limit} is at least 1. */
    List<ConversationId> due(WebhookId id, Optional<ConversationId> after, int limit);

    /**
     * The events about the conversation that the webhook has received, and the conversation's state; empty when there is no such webhook.
     * A conversation of another owner counts as absent.
     *
     * @throws ConversationDamaged if the conversation cannot be read
     */
    Optional<Progress> progress(WebhookId id, ConversationId conversation);

    /** Stores the cursor, if the holder has the webhook. */
    boolean advance(UUID holder, WebhookId id, ConversationId conversation, Cursor cursor);

    /** Removes the cursor of a conversation that is gone, if the holder has the webhook. */
    boolean forget(UUID holder, WebhookId id, ConversationId conversation);

    /** Stores the webhook's last failure, if the holder has the webhook. */
    boolean recordFailure(UUID holder, WebhookId id, DeliveryFailure failure);
}
