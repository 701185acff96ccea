package dev.confab.adapter.persistence.contract.clause.webhook;

import static dev.confab.adapter.persistence.contract.sample.WebhookSamples.webhook;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.Progress.Next;
import dev.confab.domain.webhook.TurnProgress;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent.TurnReached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** W5: the events of turns that wait in the queue. */
public abstract class WebhookQueueContract extends ContractTest {
    private final UUID holder = UUID.randomUUID();

    @Test
    void a_turn_cancelled_in_the_queue_is_due_once_the_turn_before_it_has_ended_W5() {
        Webhook webhook = webhooks().create(webhook(ALICE));
        assertThat(webhooks().claim(holder, now().plusSeconds(7_200), now().plusSeconds(10_800), 10)).isNotEmpty();
        ConversationId id = start();
        Session session = begin(SessionSamples.session(id));
        Turn first = startTurn(session);
        Turn queued = store().transact(id, SessionTransactions.queue(SessionSamples.newTurnId(), session.id(),
                List.of(draft("queued")), now()));
        assertThat(delivered(webhook, id)).isEmpty();
        Turn cancelled = cancel(queued);
        assertThat(due(webhook)).as("the turn before it runs").isEmpty();
        Turn asked = askApproval(first, lease(), "call");
        assertThat(delivered(webhook, id)).containsExactly(TurnProgress.of(asked));
        assertThat(due(webhook)).as("the turn before it is unfinished").isEmpty();
        Turn ended = cancel(asked);
        assertThat(due(webhook)).containsExactly(id);

        assertThat(delivered(webhook, id)).containsExactly(TurnProgress.of(ended), TurnProgress.of(cancelled));

        nowAndAfterReopening(() -> assertThat(due(webhook)).isEmpty());
    }

    private List<ConversationId> due(Webhook webhook) {
        return webhooks().due(webhook.id(), Optional.empty(), 100);
    }

    /** Moves the cursor until nothing is due, and returns what was due of turns. */
    private List<TurnProgress> delivered(Webhook webhook, ConversationId id) {
        List<TurnProgress> turns = new ArrayList<>();
        while (webhooks().progress(webhook.id(), id).orElseThrow().next(EventType.SUBSCRIBABLE,
                now()) instanceof Next.Send(var event, var after)) {
            if (event instanceof TurnReached reached) {
                turns.add(reached.turn());
            }
            assertThat(webhooks().advance(holder, webhook.id(), id, after)).isTrue();
        }
        return turns;
    }
}
