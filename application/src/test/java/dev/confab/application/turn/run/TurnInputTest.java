package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
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

    /** Otherwise the assistant would be asked about no message, or about another one. */
    @Test
    void a_prompt_that_is_removed_between_the_two_reads_is_not_answered() throws InterruptedException {
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

            assertThatThrownBy(() -> TurnInput.read(clearing, clearing, ANN, turn, 10, world.now))
                    .isInstanceOf(TurnSuperseded.class);
        }
    }
}
