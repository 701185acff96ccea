package dev.confab.adapter.persistence.contract.random;

import static dev.confab.adapter.persistence.contract.sample.Samples.ALICE;
import static dev.confab.adapter.persistence.contract.sample.Samples.BOB;
import static dev.confab.adapter.persistence.contract.sample.Samples.now;

import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.random.RandomCommands.Command;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.SessionSamples;
import dev.confab.adapter.persistence.contract.sample.SessionTransactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.query.SessionQuery;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.Lifetime;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.SessionIdReused;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnFailure;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnIdReused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** Generates random commands on sessions and turns, as {@link RandomCommands} does on conversations. */
final class RandomSessionCommands {
    private final Random random;
    private final List<ConversationId> conversations;
    private final List<SessionId> sessions = Stream.generate(SessionSamples::newSessionId).limit(4).toList();
    private final List<TurnId> turns = new ArrayList<>(List.of(SessionSamples.newTurnId()));
    private final Instant far = SessionSamples.lease();

    RandomSessionCommands(Random random, List<ConversationId> conversations) {
        this.random = random;
        this.conversations = conversations;
    }

    Command next() {
        ConversationId id = conversations.get(random.nextInt(conversations.size()));
        Instant now = now();
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> begin(id, now);
            case 3 -> changeSession(id, now);
            case 4 -> transact("end session", id, SessionTransactions.end(pick(sessions), now));
            case 5, 6, 7, 8 -> start(id, now);
            case 9 -> random.nextBoolean() ? endAbandoned(id) : queue(id, now);
            case 10, 11, 12, 13, 14 -> changeTurn(id, now);
            default -> read(id);
        };
    }

    /** A time before, at or after the times at which some sessions and leases expire. */
    private Instant time() {
        return far.plusSeconds(random.nextInt(4)).plusMillis(random.nextInt(3) - 1L);
    }

    Instant end() {
        return far.plusSeconds(random.nextInt(4));
    }

    private Command begin(ConversationId id, Instant now) {
        SessionId sessionId = pick(sessions);
        Lifetime lifetime = random.nextBoolean() ? new Lifetime.Permanent() : new Lifetime.Temporary(end());
        Settings settings = settings();
        var begun = lifetime.expiry().map(end -> Samples.startedUntil(id, Optional.empty(), end))
                .orElseGet(() -> Samples.started(id));
        return new Command("begin session " + sessionId + " in " + id, db -> db.store().transact(id, tx -> {
            if (tx.find().isEmpty()) {
                tx.record(begun);
            }
            tx.find().flatMap(head -> head.restore(now)).ifPresent(tx::record);
            if (tx.activity().find(sessionId).isPresent()) {
                throw new SessionIdReused(sessionId);
            }
            return SessionTransactions.begin(Session.begin(sessionId, id, tx.conversation().owner(), lifetime, settings,
                    Samples.digest("random"), now)).apply(tx);
        }));
    }

    private Settings settings() {
        return random.nextInt(3) == 0
                ? Settings.NONE
                : new Settings(Samples.title("name " + random.nextInt(3)), Optional.of("é😀"), Optional.empty(),
                        random.nextBoolean() ? Optional.empty() : Optional.of(new TokenBudget(1 + random.nextInt(3))),
                        new ContextVariables("{\"n\": " + random.nextInt(3) + "}"));
    }

    private Command changeSession(ConversationId id, Instant now) {
        Settings settings = settings();
        int kind = random.nextInt(3);
        return transact("change session", id, SessionTransactions.change(pick(sessions), session -> switch (kind) {
            case 0 -> session.activate(now);
            case 1 -> session.makePermanent(settings.name(), now).orElse(session);
            default -> session.change(any -> settings, now).orElse(session);
        }, now));
    }

    private Command start(ConversationId id, Instant now) {
        TurnId turnId = random.nextInt(4) == 0 ? turns.getLast() : SessionSamples.newTurnId();
        turns.add(turnId);
        MessageDraft prompt = Samples.draft("a prompt");
        Instant leaseUntil = end();
        SessionId any = pick(sessions);
        boolean whichever = random.nextInt(4) > 0;
        return transact("start turn " + turnId, id, tx -> {
            if (tx.activity().find(turnId).isPresent()) {
                throw new TurnIdReused(turnId);
            }
            SessionId sessionId = whichever
                    ? tx.activity().sessions().stream().map(Session::id).findFirst().orElse(any)
                    : any;
            return SessionTransactions.start(turnId, sessionId, prompt, now, leaseUntil).apply(tx);
        });
    }

    private Command queue(ConversationId id, Instant now) {
        TurnId turnId = SessionSamples.newTurnId();
        turns.add(turnId);
        List<MessageDraft> messages = List.of(Samples.draft("queued"), Samples.draft("é😀"));
        SessionId any = pick(sessions);
        return transact("queue turn " + turnId, id, tx -> {
            SessionId sessionId = tx.activity().sessions().stream().map(Session::id).findFirst().orElse(any);
            return SessionTransactions.queue(turnId, sessionId, messages, now).apply(tx);
        });
    }

    private Command endAbandoned(ConversationId id) {
        Instant when = time();
        return transact("end abandoned at " + when, id, tx -> {
            var ended = tx.activity().endAbandoned(when);
            ended.ifPresent(tx::record);
            return ended;
        });
    }

    /** Mostly changes the unfinished turn in its current step, sometimes any turn in any step. */
    private Command changeTurn(ConversationId id, Instant now) {
        Optional<TurnId> named = random.nextInt(4) == 0 ? Optional.of(pick(turns)) : Optional.empty();
        Optional<Integer> inStep = random.nextInt(6) == 0 ? Optional.of(1 + random.nextInt(4)) : Optional.empty();
        MessageDraft reply = Samples.draft("a reply");
        Approval answer = new Approval(random.nextBoolean(), Optional.of("because"));
        boolean needsApproval = random.nextBoolean();
        Instant lease = end();
        int kind = random.nextInt(9);
        return transact("change turn", id, tx -> {
            Optional<Turn> open = tx.activity().openTurn();
            if (named.isEmpty() && open.isEmpty()) {
                return "no turn";
            }
            Turn turn = named.map(tx.activity()::turn).or(() -> open).orElseThrow();
            int step = inStep.orElse(turn.step());
            return switch (kind) {
                case 0 -> run(tx, turn, t -> Optional.of(t.renew(step, lease, reply.text(), now)));
                case 1, 2, 3 -> run(tx, turn, t -> Optional.of(t.ask(step, asking(t, needsApproval),
                        Optional.of(new TokenUsage(step, 7)), lease, now)));
                case 4, 5, 6 -> run(tx, turn, t -> t.answer(callOf(t), answer, lease, now));
                case 7 -> SessionTransactions.complete(turn.id(), step, reply, now).apply(tx);
                default -> needsApproval
                        ? run(tx, turn, t -> Optional.of(t.fail(step, TurnFailure.LEASE_EXPIRED, now)))
                        : run(tx, turn, t -> Optional.of(t.cancel(Optional.empty(), now)));
            };
        });
    }

    private static Turn run(ConversationTransaction tx, Turn turn, Function<Turn, Optional<TurnChanged>> decision) {
        return SessionTransactions.turn(turn.id(), decision).apply(tx);
    }

    /** The id of the last tool call. */
    private static String callOf(Turn turn) {
        return turn.calls().isEmpty() ? "no call" : turn.calls().getLast().id();
    }

    /** The rounds of the turn, now with results, and a new round. */
    private static List<ToolRound> asking(Turn turn, boolean needsApproval) {
        int number = turn.rounds().size() + 1;
        return Stream.concat(turn.rounds().stream().map(round -> round.map(call -> call.withResult("result"))),
                Stream.of(new ToolRound("text " + number,
                        List.of(ToolCall.asked("call " + number, "tool", "{}", needsApproval)))))
                .toList();
    }

    private Command read(ConversationId id) {
        OwnerId owner = random.nextInt(4) == 0 ? BOB : ALICE;
        Instant now = random.nextBoolean() ? now() : time();
        SessionId session = pick(sessions);
        TurnId turn = pick(turns);
        return switch (random.nextInt(7)) {
            case 0 -> new Command("session " + session, db -> db.sessions().session(owner, session, now));
            case 1 -> new Command("current of " + owner, db -> db.sessions().current(owner, now));
            case 2 -> new Command("turn " + turn, db -> db.sessions().turn(owner, turn, now));
            case 3 -> new Command("expired sessions at " + now,
                    db -> db.sessions().expiredSessions(now, 100).stream().sorted().toList());
            case 4 -> new Command("expired leases at " + now,
                    db -> db.sessions().expiredLeases(now, 100).stream().sorted().toList());
            case 5 -> new Command("activity of " + id + " at " + now, db -> db.sessions().activity(id, now));
            default -> Command.pages("sessions of " + owner + " at " + now,
                    (StoreUnderTest db, Optional<SessionQuery.Key> after) -> db.sessions().sessions(owner,
                            new SessionQuery(2, after), now));
        };
    }

    /** Does this, and begins the next turn if it has ended one. */
    private <T> Command transact(String name, ConversationId id, Function<ConversationTransaction, T> work) {
        Instant now = now();
        Instant lease = end();
        return new Command(name + " in " + id, db -> db.store().transact(id, tx -> {
            tx.conversation();
            T result = SessionTransactions.handingOver(work, now, lease).apply(tx);
            return result + " of " + tx.activity();
        }));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
