package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
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
import dev.confab.domain.conversation.Times;

/** Whether an event may follow a conversation's state, as far as the bin and the time decide it. */
final class EventOrder {
    private EventOrder() {
    }

    static boolean mayFollow(Conversation current, ConversationEvent event) {
        return current.isDeleted() == leavesBin(event) && isInTime(current, event);
    }

    /** A deletion has the clock's time, even if the conversation's is later. */
    private static boolean isInTime(Conversation current, ConversationEvent event) {
        return event instanceof ConversationDeleted
                || event.at().equals(Times.following(current.updatedAt(), event.at()));
    }

    private static boolean leavesBin(ConversationEvent event) {
        return switch (event) {
            case ConversationRestored _,ConversationPurged _ -> true;
            case Creation _,ConversationRenamed _,MetadataChanged _,ConversationFiled _ -> false;
            case MessageAppended _,MessageEdited _,MessageRemoved _,ConversationTruncated _ -> false;
            case MessagesStaged _,StagingCompleted _ -> false;
            case ConversationMadePermanent _,ConversationDeleted _ -> false;
        };
    }
}
