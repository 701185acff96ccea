package dev.confab.application.turn;

import dev.confab.application.CreateResult;
import dev.confab.application.Turns;
import dev.confab.application.conversation.ConversationLookup;
import dev.confab.application.conversation.HandOver;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.TurnEnd;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.turn.event.TurnOutcome;
import dev.confab.application.turn.run.RunPermits.Permit;
import dev.confab.application.turn.run.TurnRunner;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.query.TokenWindow;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnNotFound;
import dev.confab.domain.session.TurnState.Running;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The use cases on turns. A turn that starts or resumes here is run by this instance's {@link TurnRunner}. */
public record TurnService(RetryingConversationStore store, ConversationReader reader, SessionReader sessions,
        TurnRunner runner, IdResolver ids, InstantSource clock) implements Turns {
    @Override
    public CreateResult<Turn> start(OwnerId owner, SessionId session, Start request, IfBusy ifBusy) {
        try (Permit permit = runner.permit(owner)) {
            CreateResult<Turn> made = new TurnCreation(store, sessions, ids, runner, clock)
                    .start(owner, session, request, ifBusy, runner.lease(), permit);
            if (made.isNew() && made.value().isOpen()) {
                runner.run(owner, made.value(), permit);
                if (ifBusy == IfBusy.INTERRUPT) {
                    runner.endInterrupted(made.value().conversationId());
                }
            }
            return made;
        }
    }

    @Override
    public Turn get(OwnerId owner, TurnId id) {
        return sessions.turn(owner, id, clock.instant()).orElseThrow(() -> new TurnNotFound(id));
    }

    @Override
    public List<Turn> list(OwnerId owner, ConversationId conversation) {
        Instant at = clock.instant();
        reader.find(conversation, at).orElseThrow(() -> new ConversationNotFound(conversation)).ownedBy(owner);
        return sessions.activity(conversation, at).turns().reversed();
    }

    @Override
    public Turn cancel(OwnerId owner, TurnId id) {
        Turn seen = get(owner, id);
        if (seen.isFinished()) {
            return seen;
        }
        Instant at = clock.instant();
        TurnEnd end = new TurnEnd(runner);
        TurnOutcome ending = new HandOver(store, runner, clock).transactRepeatable(seen.conversationId(), tx -> {
            var _ = live(tx, owner, id, at);
            Turn turn = tx.activity().turn(id);
            if (!turn.isFinished()) {
                end.record(tx, turn.cancel(Optional.empty(), at));
            }
            return TurnOutcome.of(tx, id);
        });
        runner.ended(ending);
        return ending.turn();
    }

    @Override
    public Turn answer(OwnerId owner, TurnId id, String callId, Approval answer) {
        ConversationId conversation = get(owner, id).conversationId();
        Instant at = clock.instant();
        Instant leaseUntil = at.plus(runner.lease());
        try (Permit permit = runner.permit(owner)) {
            CreateResult<Turn> answered = store.transactCreation(conversation, tx -> {
                var _ = live(tx, owner, id, at);
                Turn turn = tx.activity().turn(id);
                Optional<TurnChanged> change = turn.answer(callId, answer, leaseUntil, at);
                change.ifPresent(event -> {
                    if (event.turn().state() instanceof Running) {
                        permit.acquire();
                    }
                    var _ = tx.activity().session(owner, turn.sessionId(), at);
                    tx.record(event);
                });
                return new CreateResult<>(tx.activity().turn(id), change.isPresent());
            }, found -> new CreateResult<>(found.value(), found.isNew() || found.value().isLeasedUntil(leaseUntil)));
            if (answered.isNew() && answered.value().isLeasedUntil(leaseUntil)) {
                runner.run(owner, answered.value(), permit);
            }
            return answered.value();
        }
    }

    @Override
    public TokenWindow context(OwnerId owner, ConversationId conversation, TokenBudget budget,
            Optional<String> model) {
        Instant at = clock.instant();
        reader.find(conversation, at).orElseThrow(() -> new ConversationNotFound(conversation)).ownedBy(owner);
        TokenWindow read = runner.context(conversation, budget, model, at);
        read.conversation().ownedBy(owner);
        return read;
    }

    private static Conversation live(ConversationTransaction tx, OwnerId owner, TurnId id, Instant at) {
        return ConversationLookup.live(tx, owner, at, () -> new TurnNotFound(id));
    }
}
