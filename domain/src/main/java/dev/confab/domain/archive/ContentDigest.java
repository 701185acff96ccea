package dev.confab.domain.archive;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState;

/**
 * The digest of everything that a store keeps of a conversation: two conversations with the same digest are equal in every version, time
 * and character. It is computed from the values, so it does not depend on a store or on the form of an archive. Not thread-safe.
 *
 * <p>A field that is added later must be digested only when it is present, or archives made before would no longer match.
 */
public final class ContentDigest {
    private final Digest.Builder digest = Digest.of("stored conversation");
    private int messages;

    public ContentDigest(Conversation head, Activity activity) {
        add(head);
        digest.field(Integer.toString(activity.sessions().size()));
        activity.sessions().forEach(this::add);
        digest.field(Integer.toString(activity.turns().size()));
        activity.turns().forEach(this::add);
    }

    /** The messages must come in the order of their positions. */
    public void add(Message message) {
        messages++;
        digest.field(message.id().toString()).field(Integer.toString(message.position())).field(message.role().name())
                .field(message.text()).field(message.data()).field(message.metadata())
                .field(message.createdAt().toString()).field(message.editedAt()).field(message.version().toString())
                .field(message.digest().hex()).field(message.incomplete().map(IncompleteReason::code));
        message.author().ifPresent(author -> digest.field("author").field(author.name()));
        message.removedAt().ifPresent(at -> digest.field("removedAt").field(at.toString()));
    }

    /** How many messages were added. */
    public int messages() {
        return messages;
    }

    /** The digest, once all messages are added. May be called once. */
    public Digest build() {
        return digest.field(Integer.toString(messages)).build();
    }

    private void add(Conversation head) {
        digest.field(head.id().toString()).field(head.owner().value()).field(head.title().map(Title::value))
                .field(head.metadata()).field(head.version().toString()).field(Integer.toString(head.messageCount()))
                .field(head.createdAt().toString()).field(head.updatedAt().toString()).field(head.deletedAt())
                .field(head.expiresAt())
                .field(head.origin().map(origin -> origin.conversationId() + " " + origin.messageId()))
                .field(head.digest().hex());
        if (!head.filing().equals(Filing.NONE)) {
            digest.field("filing").field(Boolean.toString(head.filing().pinned()))
                    .field(Boolean.toString(head.filing().archived()))
                    .field(Integer.toString(head.filing().labels().size()));
            head.filing().labels().forEach(digest::field);
        }
    }

    private void add(Session session) {
        digest.field(session.id().toString()).field(session.conversationId().toString())
                .field(session.owner().value())
                .field(session.name().map(Title::value)).field(session.lifetime().expiry())
                .field(session.instructions()).field(session.model()).field(session.context().json())
                .field(session.version().toString()).field(session.createdAt().toString())
                .field(session.updatedAt().toString()).field(session.activatedAt().toString())
                .field(session.digest().hex());
        session.contextTokens()
                .ifPresent(budget -> digest.field("contextTokens").field(Integer.toString(budget.tokens())));
    }

    private void add(Turn turn) {
        digest.field(turn.id().toString()).field(turn.conversationId().toString()).field(turn.sessionId().toString())
                .field(turn.promptId().toString()).field(turn.replyId());
        add(turn.state());
        digest.field(Integer.toString(turn.step())).field(turn.startedAt().toString()).field(turn.finishedAt())
                .field(Integer.toString(turn.rounds().size()));
        turn.rounds().forEach(this::add);
        digest.field(turn.usage().map(used -> used.promptTokens() + " " + used.completionTokens()))
                .field(turn.digest().hex());
        turn.queuedAt().ifPresent(at -> digest.field("queuedAt").field(at.toString()));
    }

    private void add(TurnState state) {
        digest.field(state.label());
        switch (state) {
            case TurnState.Running running ->
                digest.field(running.leaseUntil().toString()).field(running.partialText());
            case TurnState.Failed(var failure) -> digest.field(failure.code()).field(failure.detail());
            case TurnState.Queued(var messages) -> {
                digest.field(Integer.toString(messages.size()));
                messages.forEach(message -> digest.field(message.id().toString()).field(message.digest().hex()));
            }
            case TurnState.AwaitingApproval _,TurnState.Completed _,TurnState.Cancelled _ -> {
            }
        }
    }

    private void add(ToolRound round) {
        digest.field(round.text()).field(Integer.toString(round.calls().size()));
        round.calls().forEach(this::add);
    }

    private void add(ToolCall call) {
        digest.field(call.id()).field(call.tool()).field(call.arguments())
                .field(Boolean.toString(call.needsApproval()))
                .field(call.approval().map(answer -> Boolean.toString(answer.approved())))
                .field(call.approval().flatMap(Approval::reason)).field(call.result());
    }
}
