package dev.confab.domain.session;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.TextRules;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.TurnState.AwaitingApproval;
import dev.confab.domain.session.TurnState.Cancelled;
import dev.confab.domain.session.TurnState.Completed;
import dev.confab.domain.session.TurnState.Failed;
import dev.confab.domain.session.TurnState.Queued;
import dev.confab.domain.session.TurnState.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One answer being produced in a conversation, or waiting until it can be.
 *
 * <p>The {@link #step} is the turn's fence: every decision of the instance that runs the turn names the step, and is rejected when the
 * turn is in another step ({@link TurnSuperseded}) or has finished ({@link TurnFinished}). So an instance that counts as crashed but is
 * not, or that does not know whether its last write succeeded, cannot write twice or late.
 *
 * @param promptId the message that the turn answers; while the turn waits, the last of its messages, which are not appended yet
 * @param replyId the id of the message that the answer is, whole or not. An unfinished turn has it from its start ({@link TurnId#replyId}),
 *        unless an earlier version started it; a finished turn has it if the message was appended
 * @param step starts at 1; every change but a renewal of the lease increments it by 1
 * @param queuedAt since when it waited; empty if it began at once
 * @param startedAt when it began; of a turn that has not begun, when it was queued
 * @param rounds of tool calls; at most {@link #MAX_ROUNDS}
 * @param digest of the request that started it
 */
public record Turn(TurnId id, ConversationId conversationId, SessionId sessionId, MessageId promptId,
        Optional<MessageId> replyId, TurnState state, int step, Optional<Instant> queuedAt, Instant startedAt,
        Optional<Instant> finishedAt, List<ToolRound> rounds, Optional<TokenUsage> usage, Digest digest) {
    public static final int MAX_ROUNDS = 8;

    public Turn {
        queuedAt.ifPresent(Times::requireMillis);
        Times.requireMillis(startedAt);
        finishedAt.ifPresent(Times::requireMillis);
        rounds = List.copyOf(rounds);
        if (rounds.size() > MAX_ROUNDS) {
            throw new InvalidValue("rounds", "are " + rounds.size() + "; at most " + MAX_ROUNDS + " are allowed");
        }
        ToolRound.requireUniqueIds(rounds);
        new TurnOutput(rounds, state.partialText()).requireOneMessage();
        if (step < 1) {
            throw new InvalidValue("step", "must be at least 1");
        }
        if (state instanceof Queued(var messages)
                ? step != 1 || queuedAt.isEmpty() || !rounds.isEmpty()
                        || !messages.getLast().id().equals(promptId)
                : step == 1 && queuedAt.isPresent()) {
            throw new InvalidValue("queuedAt", "must be present exactly when the turn was queued in step 1");
        }
        if (state.isFinished() != finishedAt.isPresent()) {
            throw new InvalidValue("finishedAt", "must be present exactly when the turn is finished");
        }
        if (state instanceof AwaitingApproval && (rounds.isEmpty() || !rounds.getLast().awaitsApproval())) {
            throw new InvalidValue("rounds", "no call waits for an approval");
        }
    }

    /** A turn that never waited. */
    public Turn(TurnId id, ConversationId conversationId, SessionId sessionId, MessageId promptId,
            Optional<MessageId> replyId, TurnState state, int step, Instant startedAt, Optional<Instant> finishedAt,
            List<ToolRound> rounds, Optional<TokenUsage> usage, Digest digest) {
        this(id, conversationId, sessionId, promptId, replyId, state, step, Optional.empty(), startedAt, finishedAt,
                rounds, usage, digest);
    }

    /** A new turn, running. */
    static Turn begin(TurnId id, Session session, MessageId promptId, Digest digest, Instant now, Instant leaseUntil) {
        return new Turn(id, session.conversationId(), session.id(), promptId, Optional.of(id.replyId()),
                new Running(leaseUntil, ""), 1, now, Optional.empty(), List.of(), Optional.empty(), digest);
    }

    /** A new turn, waiting. */
    static Turn queue(TurnId id, Session session, List<MessageDraft> messages, Digest digest, Instant now) {
        var queued = new Queued(messages);
        return new Turn(id, session.conversationId(), session.id(), queued.messages().getLast().id(),
                Optional.of(id.replyId()), queued, 1, Optional.of(now), now, Optional.empty(), List.of(),
                Optional.empty(), digest);
    }

    /** Whether it waits until it can begin. */
    public boolean isQueued() {
        return state instanceof Queued;
    }

    /** Whether it runs or awaits an approval. */
    public boolean isOpen() {
        return !isFinished() && !isQueued();
    }

    /** The step in which it begins. */
    public int firstStep() {
        return queuedAt.isPresent() ? 2 : 1;
    }

    /** Whether it has begun; a turn that waits may end without that. */
    public boolean hasBegun() {
        return !isQueued() && (!isFinished() || step > firstStep());
    }

    /** The messages that it brings; empty unless it waits. */
    public List<MessageDraft> queuedMessages() {
        return state instanceof Queued(var messages) ? messages : List.of();
    }

    public boolean isFinished() {
        return state.isFinished();
    }

    /** Whether the instance that runs the turn counts as crashed. */
    public boolean isLeaseOver(Instant now) {
        return state instanceof Running running && !now.isBefore(running.leaseUntil());
    }

    /** Whether the turn runs for the caller that chose this end of the lease; if two chose the same, the fence lets one write. */
    public boolean isLeasedUntil(Instant leaseUntil) {
        return state instanceof Running running && running.leaseUntil().equals(leaseUntil);
    }

    /** All calls of all rounds, in order. */
    public List<ToolCall> calls() {
        return rounds.stream().flatMap(round -> round.calls().stream()).toList();
    }

    /** The committed text of the answer so far. */
    public String textSoFar() {
        return rounds.stream().map(ToolRound::text).collect(Collectors.joining("", "", state.partialText()));
    }

    /** What is committed of its output. */
    public TurnOutput output() {
        return new TurnOutput(rounds, state.partialText());
    }

    /** The ids of the messages that it appends or may have appended at its end, in order: those of its rounds, and that of its reply. */
    public List<MessageId> messageIds() {
        var ids = new ArrayList<MessageId>();
        for (int i = 0; i < rounds.size(); i++) {
            ids.add(roundMessageId(i));
            rounds.get(i).calls().forEach(call -> ids.add(resultMessageId(call)));
        }
        replyId.ifPresent(ids::add);
        return List.copyOf(ids);
    }

    /** The id of the assistant's message with the calls of a round. */
    public MessageId roundMessageId(int index) {
        return id.messageId(TurnOutput.roundName(index), 1);
    }

    /** The id of the message with the result of a call. */
    public MessageId resultMessageId(ToolCall call) {
        return id.messageId(TurnOutput.resultName(call), 1);
    }

    /** As {@link dev.confab.domain.conversation.Message#weight()}. */
    public int weight() {
        return 512 + TextRules.utf8Length(state.partialText())
                + queuedMessages().stream().mapToInt(MessageDraft::weight).sum()
                + rounds.stream().mapToInt(ToolRound::weight).sum();
    }

    /** Begins a turn that waited; its messages must be appended in the same commit. */
    public TurnChanged begin(Instant leaseUntil, Instant now) {
        if (!isQueued()) {
            throw new TurnSuperseded(id);
        }
        return new TurnChanged(new Turn(id, conversationId, sessionId, promptId, replyId, new Running(leaseUntil, ""),
                step + 1, queuedAt, Times.later(startedAt, now), finishedAt, rounds, usage, digest), now);
    }

    /** Renews the lease, and stores the answer since the last round. */
    public TurnChanged renew(int inStep, Instant leaseUntil, String partialText, Instant now) {
        return renew(inStep, leaseUntil, new TurnOutput(rounds, partialText), now);
    }

    /** Renews the lease, and stores what was produced since the last change: results of the last round, and text. */
    public TurnChanged renew(int inStep, Instant leaseUntil, TurnOutput soFar, Instant now) {
        requireRunning(inStep);
        var renewed = new Running(leaseUntil, soFar.text());
        return new TurnChanged(new Turn(id, conversationId, sessionId, promptId, replyId, renewed, step, queuedAt,
                startedAt, finishedAt, soFar.rounds(), usage, digest), now);
    }

    /** Adds a round of tool calls to the turn's own, which now have results. The turn then runs on, or awaits the user's approval. */
    public TurnChanged ask(int inStep, List<ToolRound> soFar, Optional<TokenUsage> used, Instant leaseUntil,
            Instant now) {
        requireRunning(inStep);
        TurnState next = soFar.getLast().awaitsApproval() ? new AwaitingApproval() : new Running(leaseUntil, "");
        return next(next, soFar, replyId, used, now);
    }

    /**
     * Approves or rejects a tool call; empty when the same answer was given before. After the last approval the turn runs again, leased
     * to the instance that received it.
     *
     * @throws ToolCallNotFound there is no such call, or it needs no approval
     * @throws ToolCallAlreadyAnswered another answer was given before
     * @throws TurnFinished unless the same answer was given before
     */
    public Optional<TurnChanged> answer(String callId, Approval answer, Instant leaseUntil, Instant now) {
        ToolCall call = calls().stream().filter(each -> each.id().equals(callId) && each.needsApproval()).findFirst()
                .orElseThrow(() -> new ToolCallNotFound(id, callId));
        if (call.approval().isPresent()) {
            if (!call.approval().get().equals(answer)) {
                throw new ToolCallAlreadyAnswered(id, callId);
            }
            return Optional.empty();
        }
        if (isFinished()) {
            throw new TurnFinished(id, state);
        }
        List<ToolRound> answered = rounds.stream()
                .map(round -> round.map(each -> each.id().equals(callId) ? each.withApproval(answer) : each)).toList();
        TurnState next = answered.getLast().awaitsApproval() ? state : new Running(leaseUntil, "");
        return Optional.of(next(next, answered, replyId, usage, now));
    }

    /** Completes the turn; its reply is a message of the conversation. */
    public TurnChanged complete(int inStep, MessageId reply, List<ToolRound> soFar, Optional<TokenUsage> used,
            Instant now) {
        requireRunning(inStep);
        return next(new Completed(), soFar, Optional.of(reply), used, now);
    }

    /** Fails the turn, by the instance that runs it. */
    public TurnChanged fail(int inStep, TurnFailure failure, Instant now) {
        requireRunning(inStep);
        return fail(failure, now);
    }

    /** Fails the turn, whichever instance runs it. */
    public TurnChanged fail(TurnFailure failure, Instant now) {
        return next(new Failed(failure), rounds, Optional.empty(), usage, now);
    }

    /** Cancels the turn; throws {@link TurnFinished} if it has finished. The partial reply is the message with the partial answer. */
    public TurnChanged cancel(Optional<MessageId> partialReply, Instant now) {
        return next(new Cancelled(), rounds, partialReply, usage, now);
    }

    /** Why the answer is incomplete; empty unless the turn was cancelled or failed. */
    public Optional<IncompleteReason> incompleteReason() {
        return switch (state) {
            case Cancelled _ -> Optional.of(IncompleteReason.CANCELLED);
            case Failed failed -> Optional.of(new IncompleteReason(failed.failure().code()));
            case Queued _,Running _,AwaitingApproval _,Completed _ -> Optional.empty();
        };
    }

    Turn withReply(MessageId reply) {
        return new Turn(id, conversationId, sessionId, promptId, Optional.of(reply), state, step, queuedAt,
                startedAt, finishedAt, rounds, usage, digest);
    }

    /** Whether {@code next} may replace this turn in a store. */
    boolean leadsTo(Turn next) {
        return new TurnTransition(this, next).isAllowed();
    }

    private void requireRunning(int inStep) {
        if (isFinished()) {
            throw new TurnFinished(id, state);
        }
        if (inStep != step || !(state instanceof Running)) {
            throw new TurnSuperseded(id);
        }
    }

    /** The turn in its next step. A finished turn keeps its calls, but not their results and the texts of its rounds. */
    private TurnChanged next(TurnState next, List<ToolRound> soFar, Optional<MessageId> reply,
            Optional<TokenUsage> used, Instant now) {
        if (isFinished()) {
            throw new TurnFinished(id, state);
        }
        if (!state.leadsTo(next)) {
            throw new TurnSuperseded(id);
        }
        Optional<Instant> end = next.isFinished() ? Optional.of(Times.later(startedAt, now)) : Optional.empty();
        List<ToolRound> kept = next.isFinished() ? soFar.stream().map(ToolRound::withoutTexts).toList() : soFar;
        return new TurnChanged(new Turn(id, conversationId, sessionId, promptId, reply, next, step + 1, queuedAt,
                startedAt, end, kept, used, digest), now);
    }
}
