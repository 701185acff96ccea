package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.ReferenceStore;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TurnInputTest {

    /** Else the assistant would be asked about nothing, or about another's message. */
    @Test
    void a_prompt_that_is_cleared_between_two_reads_is_answered_by_nobody() throws InterruptedException {
        try (var world = new TurnWorld()) {
            var one = world.instance();
            Session session = one.session();
            var held = one.assistant.holds("a");
            Turn turn = one.start(session, "Hi");
            held.said.await();
            var clearing = new ReferenceStore(world.storage, Duration.ofSeconds(10)) {
                @Override
                public ConversationWindow read(ConversationId id, MessageId message, Instant now) {
                    ConversationWindow prompt = super.read(id, message, now);
                    one.sessions.clear(ANN, session.id());
                    return prompt;
                }
            };
            var history = new TurnInput(clearing, clearing, () -> world.now, 10, ANN, turn);

            assertThatThrownBy(history::read).isInstanceOf(TurnSuperseded.class);
        }
    }
}
