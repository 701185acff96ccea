package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    @Test
    void system_messages_that_are_older_than_the_history_come_first() {
        try (var world = new TurnWorld()) {
            var one = world
                    .instance(new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), 2, 1_000, Set.of()));
            Session session = one.session();
            for (int i = 1; i <= 5; i++) {
                append(one, session, Role.USER, "Question " + i);
                append(one, session, Role.SYSTEM, "Rule " + i);
            }

            one.finished(one.start(session, "Hi"));

            assertThat(one.assistant.questions.getFirst().messages()).extracting(Message::text)
                    .containsExactly("Rule 1", "Rule 2", "Rule 3", "Rule 4", "Rule 5", "Hi");
            one.finished(one.start(session, "Again"));
            assertThat(one.assistant.questions.getLast().messages()).extracting(Message::text)
                    .containsExactly("Rule 1", "Rule 2", "Rule 3", "Rule 4", "Rule 5", "", "Again");
        }
    }

    @Test
    void a_limited_number_of_older_system_messages_comes_first() {
        try (var world = new TurnWorld()) {
            var one = world
                    .instance(new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), 2, 1_000, Set.of()));
            Session session = one.session();
            for (int i = 1; i <= TurnInput.MAX_SYSTEM_MESSAGES + 5; i++) {
                append(one, session, Role.SYSTEM, "Rule " + i);
            }
            append(one, session, Role.USER, "Question");

            one.finished(one.start(session, "Hi"));

            assertThat(one.assistant.questions.getFirst().messages()).hasSize(TurnInput.MAX_SYSTEM_MESSAGES + 2)
                    .extracting(Message::text).startsWith("Rule 1", "Rule 2").endsWith("Question", "Hi");
        }
    }

    @Test
    void removed_messages_are_left_out_and_are_no_prompts() throws InterruptedException {
        try (var world = new TurnWorld()) {
            var one = world
                    .instance(new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), 2, 1_000, Set.of()));
            Session session = one.session();
            append(one, session, Role.SYSTEM, "Rule");
            append(one, session, Role.USER, "Question");
            append(one, session, Role.USER, "Secret");
            for (int position : List.of(3, 1)) {
                Message message = one.messages(session.conversationId()).get(position - 1);
                one.messages.remove(ANN, session.conversationId(), message.id(), new Precondition.None());
            }

            one.finished(one.turns.start(ANN, session.id(), new Regeneration(new RequestedId.Unnamed())).value());

            assertThat(one.assistant.questions.getFirst().messages()).extracting(Message::text)
                    .containsExactly("Question");
            append(one, session, Role.USER, "Secret");
            Message secret = one.messages(session.conversationId()).getLast();
            one.messages.remove(ANN, session.conversationId(), secret.id(), new Precondition.None());
            one.finished(one.start(session, "Hi"));
            assertThat(one.assistant.questions.getLast().messages()).extracting(Message::text).endsWith("Hi")
                    .doesNotContain("Secret", "Rule");
        }
    }

    private static void append(TurnWorld.Instance instance, Session session, Role role, String text) {
        instance.messages.append(ANN, session.conversationId(), new NewMessage(new RequestedId.Unnamed(), role, text,
                Optional.empty(), Metadata.EMPTY), new Precondition.None());
    }
}
