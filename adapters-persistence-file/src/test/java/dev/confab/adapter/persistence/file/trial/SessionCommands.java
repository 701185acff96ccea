package dev.confab.adapter.persistence.file.trial;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.file.trial.Commands.Change;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes commands on sessions and turns, from few ids that several conversations share. */
public final class SessionCommands {
    /** Longer than any sequence takes on the clock of {@link Samples#now}. */
    public static final Duration LEASE = Duration.ofMinutes(30);
    public static final Duration LIFETIME = Duration.ofHours(2);

    private final Random random;
    private final List<SessionId> ids = Stream.generate(SessionCommands::newSessionId).limit(3).toList();

    SessionCommands(Random random) {
        this.random = random;
    }

    public static SessionId newSessionId() {
        return new SessionId(Samples.newMessageId().value());
    }

    public static TurnId newTurnId() {
        return new TurnId(Samples.newMessageId().value());
    }

    public Change change(ConversationId id, Instant now) {
        SessionId sessionId = ids.get(random.nextInt(ids.size()));
        String text = "needle " + "x".repeat(random.nextInt(400));
        return switch (random.nextInt(14)) {
            case 0, 1 -> begin(id, sessionId, text, now);
            case 2 -> onSession("change", id, sessionId, (session, at) -> session.change(
                    old -> new Session.Settings(old.name(), Optional.of(text), old.model(), old.contextTokens(),
                            old.context()),
                    at), now);
            case 3 -> onSession("activate", id, sessionId, (session, at) -> Optional.of(session.activate(at)), now);
            case 4 -> onSession("keep", id, sessionId,
                    (session, at) -> session.makePermanent(Samples.title("kept"), at), now);
            case 5 -> new Change("end session", id, tx -> recordAll(tx,
                    tx.activity().find(sessionId).isPresent() ? tx.activity().end(sessionId, now) : List.of()));
            case 6, 7, 8 -> start(id, sessionId, text, now);
            case 9, 10 -> onTurn("renew", id,
                    turn -> turn.renew(turn.step(), now.plus(LEASE), text.substring(0, text.length() / 2), now));
            case 11 -> ask(id, text, now);
            case 12 -> end(id, text, now);
            default -> new Change("abandon", id,
                    tx -> recordAll(tx, tx.activity().endAbandoned(now.plus(LEASE)).stream().toList()));
        };
    }

    private Change begin(ConversationId id, SessionId sessionId, String text, Instant now) {
        Lifetime lifetime = random.nextBoolean()
                ? new Lifetime.Permanent()
                : new Lifetime.Temporary(now.plus(LIFETIME.dividedBy(1 + random.nextInt(3))));
        var settings = new Session.Settings(Optional.empty(), Optional.of(text), Optional.of("model"),
                Optional.of(new TokenBudget(1 + text.length())),
                new ContextVariables("{ \"b\": 1e2, \"a\":\"" + text + "\"}"));
        Session session = Session.begin(sessionId, id, Samples.ALICE, lifetime, settings, Samples.digest(text), now);
        var started = Conversation.startUntil(lifetime.expiry(), id, Samples.ALICE, Optional.empty(), Metadata.EMPTY,
                Samples.digest(text), now);
        return new Change("begin session", id, tx -> {
            // With its conversation, or in the one there is.
            if (tx.find().isEmpty()) {
                tx.record(started);
            }
            return recordAll(tx, tx.activity().find(sessionId).isPresent() || tx.find().orElseThrow().isDeleted()
                    ? List.of()
                    : tx.activity().start(session, now));
        });
    }

    /** As a request does: the prompt and the turn in one commit. */
    private Change start(ConversationId id, SessionId sessionId, String text, Instant now) {
        int which = random.nextInt(ids.size());
        Session first = Session.begin(sessionId, id, Samples.ALICE, new Lifetime.Permanent(), Session.Settings.NONE,
                Samples.digest(text), now);
        MessageDraft prompt = Samples.draft(text);
        TurnId turnId = newTurnId();
        return Commands.ifLive("start turn", id, tx -> {
            if (tx.activity().sessions().isEmpty()) {
                tx.activity().start(first, now).forEach(tx::record);
            }
            List<Session> sessions = tx.activity().sessions();
            Session session = sessions.get(which % sessions.size());
            List<SessionEvent> events = tx.activity().start(turnId, session, prompt.id(), Samples.digest(text), now,
                    now.plus(LEASE));
            tx.record(tx.conversation().append(prompt, now));
            return recordAll(tx, events);
        });
    }

    /** A running turn asks for tools; a waiting one gets an answer to a call. */
    private Change ask(ConversationId id, String text, Instant now) {
        boolean needsApproval = random.nextInt(3) > 0;
        var answer = new Approval(random.nextBoolean(), Optional.of(text));
        return onTurn("ask or answer", id, turn -> {
            if (turn.state() instanceof TurnState.AwaitingApproval) {
                ToolCall waiting = turn.calls().stream().filter(ToolCall::awaitsApproval).findFirst().orElseThrow();
                return turn.answer(waiting.id(), answer, now.plus(LEASE), now).orElseThrow();
            }
            var rounds = new ArrayList<ToolRound>();
            turn.rounds().forEach(round -> rounds.add(round.map(call -> call.withResult(text))));
            rounds.add(new ToolRound(text, List.of(
                    ToolCall.asked("call-" + turn.step(), "clock", "{ \"zone\" : \"é\"}", needsApproval),
                    ToolCall.asked("other-" + turn.step(), "clock", "{}", false))));
            return turn.ask(turn.step(), rounds, Optional.of(new TokenUsage(3, turn.step())), now.plus(LEASE), now);
        });
    }

    private Change end(ConversationId id, String text, Instant now) {
        int how = random.nextInt(4);
        var reply = MessageDraft.of(Samples.newMessageId(), Role.ASSISTANT, text);
        return Commands.ifLive("end turn", id, tx -> {
            Optional<Turn> open = tx.activity().openTurn();
            if (open.isEmpty()) {
                return "no turn";
            }
            Turn turn = open.get();
            if (how == 0 || !(turn.state() instanceof TurnState.Running)) {
                return recordAll(tx, List.of(how < 2
                        ? turn.cancel(Optional.empty(), now)
                        : turn.fail(new TurnFailure("no-luck", text.substring(0, 3)), now)));
            }
            MessageId replyId = reply.id();
            tx.record(tx.conversation().append(reply, now));
            return recordAll(tx, List.of(how == 1
                    ? turn.cancel(Optional.of(replyId), now)
                    : turn.complete(turn.step(), replyId, turn.rounds(), Optional.of(new TokenUsage(1, 2)), now)));
        });
    }

    private static Change onSession(String name, ConversationId id, SessionId sessionId,
            BiFunction<Session, Instant, Optional<Session>> change, Instant now) {
        return new Change(name + " session", id, tx -> recordAll(tx, tx.activity().find(sessionId)
                .flatMap(session -> change.apply(session, now)).map(next -> new SessionChanged(next, now)).stream()
                .toList()));
    }

    private static Change onTurn(String name, ConversationId id, Function<Turn, SessionEvent> change) {
        return Commands.ifLive(name + " turn", id,
                tx -> recordAll(tx, tx.activity().openTurn().map(change).stream().toList()));
    }

    private static Activity recordAll(ConversationTransaction tx, List<? extends SessionEvent> events) {
        events.forEach(tx::record);
        return tx.activity();
    }
}
