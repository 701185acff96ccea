package dev.confab.application.turn.run;

import static dev.confab.application.turn.run.TurnWorld.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.Start.Regeneration;
import dev.confab.application.turn.answer.TurnFailures;
import dev.confab.application.turn.context.WordCounter;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState;
import dev.confab.domain.session.TurnSuperseded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

            var reader = new TurnInputReader(clearing, clearing, new WordCounter(), new TokenBudget(10));

            assertThatThrownBy(() -> reader.read(ANN, turn, List.of(), world.now))
                    .isInstanceOf(TurnSuperseded.class);
        }
    }

    @Test
    void removed_messages_are_left_out_and_are_no_prompts() throws InterruptedException {
        try (var world = new TurnWorld()) {
            var one = world.instance();
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

    @Test
    void the_budget_of_the_session_decides_what_the_assistant_is_told() {
        try (var world = new TurnWorld()) {
            var one = world.instance();
            Session session = one.session();
            append(one, session, Role.USER, "one two three");
            append(one, session, Role.USER, "four");

            one.finished(one.start(session, "Hi"));
            budget(one, session, 5);
            one.finished(one.start(session, "Again"));

            assertThat(texts(one, 0)).containsExactly("one two three", "four", "Hi");
            assertThat(texts(one, 1)).containsExactly("", "Again");
        }
    }

    @Test
    void instructions_and_tool_rounds_take_room_from_the_oldest_messages() {
        try (var world = new TurnWorld()) {
            var one = world.instance();
            Session session = one.session();
            append(one, session, Role.SYSTEM, "Rule");
            append(one, session, Role.USER, "one");
            append(one, session, Role.USER, "two");
            one.assistant.needs("Let me see.", new ToolRequest("time", "{}"));
            one.sessions.change(ANN, session.id(), old -> new Session.Settings(old.name(), Optional.of("Be brief."),
                    old.model(), Optional.of(new TokenBudget(15)), old.context()), new Precondition.None());

            Turn turn = one.finished(one.start(session, "Hi"));

            assertThat(turn.state().label()).isEqualTo("completed");
            assertThat(texts(one, 0)).containsExactly("Rule", "one", "two", "Hi");
            // The text of the round has three words, and the tool's result four.
            assertThat(one.assistant.questions.get(1).rounds()).hasSize(1);
            assertThat(texts(one, 1)).containsExactly("Rule", "Hi");
        }
    }

    @Test
    void a_prompt_that_does_not_fit_fails_its_turn() {
        try (var world = new TurnWorld()) {
            var one = world.instance();
            Session session = one.session();
            budget(one, session, 4);

            Turn turn = one.finished(one.start(session, "one two three"));

            assertThat(turn.state()).isInstanceOfSatisfying(TurnState.Failed.class,
                    failed -> assertThat(failed.failure()).isEqualTo(TurnFailures.contextTooLarge(4)));
            assertThat(one.assistant.questions).isEmpty();
        }
    }

    @Test
    void results_that_do_not_fit_fail_the_turn_and_are_kept() {
        try (var world = new TurnWorld()) {
            var one = world.instance();
            Session session = one.session();
            budget(one, session, 8);
            one.assistant.needs("Let me see.", new ToolRequest("time", "{}"));

            Turn turn = one.finished(one.start(session, "Hi"));

            assertThat(turn.state()).isInstanceOfSatisfying(TurnState.Failed.class,
                    failed -> assertThat(failed.failure().code()).isEqualTo("context-too-large"));
            assertThat(one.texts(session.conversationId())).containsExactly("Hi", "Let me see.", "time for ann: {}");
        }
    }

    private static void budget(TurnWorld.Instance one, Session session, int tokens) {
        one.sessions.change(ANN, session.id(), old -> new Session.Settings(old.name(), old.instructions(), old.model(),
                Optional.of(new TokenBudget(tokens)), old.context()), new Precondition.None());
    }

    private static List<String> texts(TurnWorld.Instance one, int question) {
        return one.assistant.questions.get(question).messages().stream().map(Message::text).toList();
    }

    private static void append(TurnWorld.Instance instance, Session session, Role role, String text) {
        instance.messages.append(ANN, session.conversationId(), new NewMessage(new RequestedId.Unnamed(), role, text,
                Optional.empty(), Metadata.EMPTY), new Precondition.None());
    }
}
