package dev.confab.adapter.persistence.file.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.file.trial.Commands;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import dev.confab.domain.work.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events of sessions and turns come back from their JSON as they were; the form of the JSON must not change. */
class SessionEventJsonTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ConversationId CONVERSATION = ConversationId.parse("00000000-0000-7000-8000-000000000001");
    private static final SessionId SESSION = SessionId.parse("00000000-0000-7000-8000-000000000002");
    private static final MessageId PROMPT = MessageId.parse("00000000-0000-7000-8000-000000000003");
    private static final String DIGEST = Samples.digest("d").hex();

    @Test
    void a_session_is_written_like_this() {
        var session = Session.begin(SESSION, CONVERSATION, Samples.ALICE, new Lifetime.Temporary(AT.plusSeconds(60)),
                new Session.Settings(Samples.title("desk"), Optional.of("be \"brief\""), Optional.empty(),
                        Optional.of(new TokenBudget(8_000)), new ContextVariables("{ \"a\": 1e2}")),
                Samples.digest("d"), AT);

        assertThat(write(new SessionEvent.SessionStarted(session, AT))).isEqualTo(
                """
                        {"event":"session-started","at":"2026-01-02T03:04:05.678Z","session":\
                        {"id":"00000000-0000-7000-8000-000000000002","owner":"alice","name":"desk",\
                        "expiresAt":"2026-01-02T03:05:05.678Z","instructions":"be \\"brief\\"",\
                        "contextTokens":8000,\
                        "context":"{ \\"a\\": 1e2}","version":1,"createdAt":"2026-01-02T03:04:05.678Z",\
                        "updatedAt":"2026-01-02T03:04:05.678Z","activatedAt":"2026-01-02T03:04:05.678Z",\
                        "digest":"%s"}}""".formatted(DIGEST));
    }

    @Test
    void a_turn_is_written_like_this() {
        var call = new ToolCall("c1", "clock", "{ }", true, Optional.of(new Approval(false, Optional.of("why?"))),
                Optional.of("not made"));
        var turn = new Turn(new TurnId(PROMPT.value()), CONVERSATION, SESSION, PROMPT, Optional.empty(),
                new TurnState.Running(AT.plusSeconds(30), "so far"), 3, AT, Optional.empty(),
                List.of(new ToolRound("let me see", List.of(call))), Optional.of(new TokenUsage(5, 7)),
                Samples.digest("d"));

        assertThat(write(new SessionEvent.TurnChanged(turn, AT))).isEqualTo(
                """
                        {"event":"turn-changed","at":"2026-01-02T03:04:05.678Z","turn":\
                        {"id":"00000000-0000-7000-8000-000000000003",\
                        "sessionId":"00000000-0000-7000-8000-000000000002",\
                        "promptId":"00000000-0000-7000-8000-000000000003","state":"running",\
                        "leaseUntil":"2026-01-02T03:04:35.678Z","said":"so far","step":3,\
                        "startedAt":"2026-01-02T03:04:05.678Z","rounds":[{"text":"let me see","calls":\
                        [{"id":"c1","tool":"clock","arguments":"{ }","needsApproval":true,\
                        "answer":{"approved":false,"reason":"why?"},"result":"not made"}]}],\
                        "usage":{"promptTokens":5,"completionTokens":7},"digest":"%s"}}""".formatted(DIGEST));
    }

    @Test
    void a_turn_that_waits_is_written_like_this() {
        var plain = MessageDraft.of(Samples.newMessageId(), Role.USER, "and \"this\"");
        var full = new MessageDraft(PROMPT, Role.TOOL, Optional.of(new Message.Author("Zoë")), "",
                Optional.of("{ }"), new Metadata(Map.of("k", "v")), Optional.of(AT.minusSeconds(60)));
        var turn = new Turn(new TurnId(PROMPT.value()), CONVERSATION, SESSION, PROMPT, Optional.empty(),
                new TurnState.Queued(List.of(plain, full)), 1, Optional.of(AT), AT, Optional.empty(), List.of(),
                Optional.empty(), Samples.digest("d"));
        var event = new SessionEvent.TurnStarted(turn, AT);

        assertThat(write(event)).isEqualTo("""
                {"event":"turn-started","at":"2026-01-02T03:04:05.678Z","turn":\
                {"id":"00000000-0000-7000-8000-000000000003",\
                "sessionId":"00000000-0000-7000-8000-000000000002",\
                "promptId":"00000000-0000-7000-8000-000000000003","state":"queued",\
                "input":[{"id":"%s","role":"user","text":"and \\"this\\""},\
                {"id":"00000000-0000-7000-8000-000000000003","role":"tool","author":"Zoë","text":"","data":"{ }",\
                "metadata":{"k":"v"},"createdAt":"2026-01-02T03:03:05.678Z"}],"step":1,\
                "queuedAt":"2026-01-02T03:04:05.678Z","startedAt":"2026-01-02T03:04:05.678Z","rounds":[],\
                "digest":"%s"}}""".formatted(plain.id(), DIGEST));
        assertThat(read(write(event))).isEqualTo(event);
    }

    @Test
    void the_end_of_a_turn_is_returned_as_stored() {
        for (TurnState end : List.of(new TurnState.Completed(), new TurnState.Cancelled(),
                new TurnState.Failed(new TurnFailure("no-luck", "")))) {
            var turn = new Turn(new TurnId(PROMPT.value()), CONVERSATION, SESSION, PROMPT,
                    Optional.of(Samples.newMessageId()), end, 2, AT, Optional.of(AT), List.of(), Optional.empty(),
                    Samples.digest("d"));
            var event = new SessionEvent.TurnStarted(turn, AT);
            assertThat(read(write(event))).isEqualTo(event);
        }
    }

    @Test
    void every_kind_of_event_that_the_trials_record_comes_back() {
        var kinds = new HashSet<Class<?>>();
        var states = new HashSet<String>();
        var commands = new Commands(1);
        var recorded = new ArrayList<SessionEvent>();
        var store = new ReferenceStore() {
            @Override
            protected void commit(Change change) {
                recorded.addAll(change.sessionEvents());
                super.commit(change);
            }
        };
        for (Commands.Command command : commands.take(3_000)) {
            if (command instanceof Commands.Change change) {
                change.on(store);
            }
        }
        for (SessionEvent event : recorded) {
            assertThat(read(write(event), event.conversationId())).isEqualTo(event);
            kinds.add(event.getClass());
            if (event instanceof SessionEvent.TurnChanged(Turn turn, Instant _)) {
                states.add(turn.state().label());
            }
        }
        assertThat(kinds).isEqualTo(Set.of(SessionEvent.class.getPermittedSubclasses()));
        assertThat(states).containsExactlyInAnyOrder("running", "awaiting-approval", "completed", "cancelled",
                "failed");
    }

    private static String write(SessionEvent event) {
        return new String(StoredJson.bytes(json -> SessionEventJson.write(json, event)), StandardCharsets.UTF_8);
    }

    private static SessionEvent read(String json) {
        return read(json, CONVERSATION);
    }

    private static SessionEvent read(String json, ConversationId id) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return SessionEventJson.read(id, StoredJson.MAPPER.readTree(bytes));
    }
}
