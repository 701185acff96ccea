package dev.confab.application.quota;

import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationFiled;
import dev.confab.domain.conversation.ConversationEvent.ConversationMadePermanent;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationEvent.ConversationRenamed;
import dev.confab.domain.conversation.ConversationEvent.ConversationRestored;
import dev.confab.domain.conversation.ConversationEvent.ConversationTruncated;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationEvent.MessageEdited;
import dev.confab.domain.conversation.ConversationEvent.MessageRemoved;
import dev.confab.domain.conversation.ConversationEvent.MessagesStaged;
import dev.confab.domain.conversation.ConversationEvent.MetadataChanged;
import dev.confab.domain.conversation.ConversationEvent.StagingCompleted;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.ForwardingTransaction;
import dev.confab.domain.session.SessionEvent;
import dev.confab.domain.session.SessionEvent.SessionChanged;
import dev.confab.domain.session.SessionEvent.SessionEnded;
import dev.confab.domain.session.SessionEvent.SessionStarted;
import dev.confab.domain.session.SessionEvent.TurnChanged;
import dev.confab.domain.session.SessionEvent.TurnStarted;
import dev.confab.domain.session.Turn;

/** A transaction that counts what is recorded. */
final class CountedTransaction extends ForwardingTransaction {
    private long conversations;
    private long bytes;
    private boolean removes;

    CountedTransaction(ConversationTransaction transaction) {
        super(transaction);
    }

    Growth growth() {
        return new Growth(conversations, bytes, removes);
    }

    /** The messages of a turn that waits count when it is queued, not when they are appended: the end of a turn must not fail for the next one's. */
    @Override
    public void record(SessionEvent event) {
        switch (event) {
            case TurnStarted e -> bytes += weightOfQueued(e.turn());
            case TurnChanged e ->
                bytes -= activity().find(e.turn().id()).map(CountedTransaction::weightOfQueued).orElse(0);
            case SessionStarted _,SessionChanged _,SessionEnded _ -> {
            }
        }
        super.record(event);
    }

    private static int weightOfQueued(Turn turn) {
        return turn.queuedMessages().stream().mapToInt(MessageDraft::weight).sum();
    }

    @Override
    public void record(ConversationEvent event) {
        long before = event instanceof MessageEdited edit
                ? messageAt(edit.message().position()).map(Message::weight).orElse(0)
                : 0;
        super.record(event);
        switch (event) {
            case Creation e -> {
                conversations++;
                e.messages().forEach(message -> bytes += message.weight());
            }
            case MessageAppended e -> bytes += e.message().weight();
            case MessagesStaged e -> e.messages().forEach(message -> bytes += message.weight());
            case MessageEdited e -> bytes += e.message().weight() - before;
            case MessageRemoved _,ConversationTruncated _ -> removes = true;
            case ConversationPurged _ -> {
                conversations--;
                removes = true;
            }
            case ConversationDeleted _,ConversationRestored _,ConversationRenamed _ -> {
            }
            case MetadataChanged _,ConversationFiled _,ConversationMadePermanent _,StagingCompleted _ -> {
            }
        }
    }
}
