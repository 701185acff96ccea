package dev.confab.adapter.persistence.contract.sample;

import static dev.confab.adapter.persistence.contract.sample.Samples.ALICE;
import static dev.confab.adapter.persistence.contract.sample.Samples.now;
import static dev.confab.adapter.persistence.contract.sample.SessionSamples.lease;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Commits on the sessions and turns of one conversation that contain every kind of session event and of turn state. */
public final class SessionLifecycle {
    private static final TokenUsage USAGE = new TokenUsage(1_234_567_890_123L, 0);
    private final ConversationModel model = new ConversationModel();
    private Activity activity = Activity.NONE;
    private final List<Commit> commits = new ArrayList<>();

    /** @param after the sessions and turns after the commit, as the domain computes them */
    public record Commit(List<ConversationEvent> events, List<SessionEvent> sessionEvents, Conversation head,
            Activity after) {
    }

    private SessionLifecycle() {
    }

    public static List<Commit> in(ConversationId id) {
        var life = new SessionLifecycle();
        Instant end = lease();
        Session temporary = SessionSamples.session(id, end);
        life.commit(List.of(Conversation.startUntil(Optional.of(end), id, ALICE, Samples.title("with a session"),
                Metadata.EMPTY, Samples.digest("life"), now())), List.of(new SessionStarted(temporary, now())));
        Session bare = Session.begin(SessionSamples.newSessionId(), id, ALICE, new Lifetime.Permanent(), Settings.NONE,
                Samples.digest("bare"), now());
        life.commit(new SessionStarted(bare, now()));
        life.changeSessions(temporary, bare);
        life.answerWithTools(temporary);
        life.endInEveryWay(temporary);
        life.letWait(temporary);
        life.prompt(bare);
        life.commit(List.of(), life.activity.end(bare.id(), now()));
        life.prompt(temporary);
        return life.commits;
    }

    private void changeSessions(Session temporary, Session bare) {
        commit(new SessionChanged(bare.change(none -> SessionSamples.SETTINGS, now()).orElseThrow(), now()));
        commit(new SessionChanged(session(bare).change(any -> Settings.NONE, now()).orElseThrow(), now()));
        commit(List.of(head().makePermanent(now()).orElseThrow()),
                List.of(new SessionChanged(temporary.makePermanent(Samples.title("kept"), now()).orElseThrow(),
                        now())));
        commit(new SessionChanged(session(bare).activate(now()), now()));
    }

    /** A turn with three rounds of tool calls, from its start to its reply. */
    private void answerWithTools(Session session) {
        prompt(session);
        change(turn -> turn.renew(1, lease(), "", now()));
        change(turn -> turn.renew(1, lease(), "said so far 😀", now()));
        ToolRound free = SessionSamples.round(false, "free");
        change(turn -> turn.ask(1, List.of(free), Optional.empty(), lease(), now()));
        ToolRound done = free.map(call -> call.withResult("result é"));
        change(turn -> turn.renew(2, lease(), new TurnOutput(List.of(done), ""), now()));
        ToolRound asked = new ToolRound("", Stream.concat(SessionSamples.waiting("yes", "no").calls().stream(),
                SessionSamples.round(false, "free too").calls().stream()).toList());
        change(turn -> turn.ask(2, List.of(done, asked), Optional.of(USAGE), lease(), now()));
        change(turn -> turn.answer("yes", new Approval(true, Optional.empty()), lease(), now()).orElseThrow());
        change(turn -> turn.answer("no", new Approval(false, Optional.of("not now")), lease(), now()).orElseThrow());
        change(turn -> turn.renew(5, lease(), "and more", now()));
        change(turn -> turn.ask(5, all(turn, SessionSamples.round(false, "last")), Optional.of(USAGE), lease(), now()));
        reply(reply -> turn().complete(6, reply.id(), turn().rounds(), Optional.of(USAGE.plus(new TokenUsage(1, 2))),
                now()));
    }

    private void endInEveryWay(Session session) {
        prompt(session);
        change(turn -> turn.fail(1, new TurnFailure("no-answer", "It did not answer: é 😀"), now()));
        prompt(session);
        reply(reply -> turn().cancel(Optional.of(reply.id()), now()));
        prompt(session);
        change(turn -> turn.cancel(Optional.empty(), now()));
        prompt(session);
        change(turn -> turn.ask(1, List.of(SessionSamples.waiting("never")), Optional.of(USAGE), lease(), now()));
        change(turn -> turn.cancel(Optional.empty(), now()));
        prompt(session);
        change(turn -> turn.ask(1, List.of(SessionSamples.waiting("never")), Optional.empty(), lease(), now()));
        change(turn -> turn.fail(TurnFailure.LEASE_EXPIRED, now()));
    }

    /** Turns that wait: one begins, one is cancelled, and one fails because it cannot begin. */
    private void letWait(Session session) {
        prompt(session);
        for (int n = 0; n < 3; n++) {
            var draft = new MessageDraft(Samples.draft("").id(), Role.TOOL, Optional.of(new Author("Zoë")),
                    "queued é 😀", Optional.of("{\"a\" : [1.0, null]}"), new Metadata(Map.of("k", "v")),
                    Optional.of(Instant.parse("2001-02-03T04:05:06.789Z")));
            commit(activity.queue(SessionSamples.newTurnId(), session(session), List.of(draft),
                    Samples.digest("queued"), now()));
        }
        commit(activity.queuedTurns().get(1).cancel(Optional.empty(), now()));
        Turn next = activity.queuedTurns().getFirst();
        commit(List.of(head().append(next.queuedMessages().getFirst(), now())),
                List.of(turn().cancel(Optional.empty(), now()), next.begin(lease(), now())));
        change(turn -> turn.renew(2, lease(), "said so far", now()));
        commit(List.of(), List.of(turn().fail(TurnFailure.LEASE_EXPIRED, now()),
                activity.queuedTurns().getFirst().fail(TurnFailure.MESSAGE_ID_REUSED, now())));
    }

    private static List<ToolRound> all(Turn turn, ToolRound last) {
        return Stream.concat(turn.rounds().stream().map(round -> round.map(call -> call.withResult(""))),
                Stream.of(last)).toList();
    }

    private Conversation head() {
        return model.head().orElseThrow();
    }

    private Session session(Session session) {
        return activity.find(session.id()).orElseThrow();
    }

    private Turn turn() {
        return activity.openTurn().orElseThrow();
    }

    private void prompt(Session session) {
        MessageDraft prompt = Samples.draft("a prompt");
        List<SessionEvent> started = activity.start(SessionSamples.newTurnId(), session(session), prompt.id(),
                Samples.digest("turn"), now(), lease());
        commit(List.of(head().append(prompt, now())), started);
    }

    private void reply(Function<MessageDraft, TurnChanged> decision) {
        MessageDraft reply = Samples.draft("a reply");
        commit(List.of(head().append(reply, now())), List.of(decision.apply(reply)));
    }

    private void change(Function<Turn, TurnChanged> decision) {
        commit(decision.apply(turn()));
    }

    private void commit(SessionEvent event) {
        commit(List.of(), List.of(event));
    }

    private void commit(List<ConversationEvent> events, List<SessionEvent> sessionEvents) {
        events.forEach(model::apply);
        sessionEvents.forEach(event -> activity = activity.apply(event));
        commits.add(new Commit(events, sessionEvents, head(), activity));
    }
}
