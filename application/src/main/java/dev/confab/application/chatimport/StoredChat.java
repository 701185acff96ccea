package dev.confab.application.chatimport;

import dev.confab.application.Transfer.ChangedMeanwhile;
import dev.confab.application.Transfer.Sink;
import dev.confab.application.Transfer;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.LockTimeout;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is stored of a branch: its messages, without their content. */
record StoredChat(Map<MessageId, Known> messages) {
    private static final int MAX_READS = 5;

    /** What is left to compare with. */
    private record Known(String digest, boolean isRemoved) {
    }

    /** Empty when there is no such conversation. Throws {@link LockTimeout} when it changes whenever it is read. */
    static Optional<StoredChat> of(Transfer transfer, OwnerId owner, ConversationId id) {
        for (int i = 0; i < MAX_READS; i++) {
            var messages = new HashMap<MessageId, Known>();
            try {
                transfer.export(owner, id, collecting(messages));
                return Optional.of(new StoredChat(messages));
            } catch (ConversationNotFound notThere) {
                return Optional.empty();
            } catch (ChangedMeanwhile changed) {
                // Read it again.
            }
        }
        throw new LockTimeout("conversation " + id + " changed during each of " + MAX_READS + " attempts to read it");
    }

    private static Sink collecting(Map<MessageId, Known> messages) {
        return new Sink() {
            @Override
            public void conversation(Conversation head) {
                // Titles and the like are the owner's to change.
            }

            @Override
            public void message(Message message) {
                messages.put(message.id(), new Known(message.digest().hex(), message.isRemoved()));
            }
        };
    }

    boolean has(MessageId id) {
        return messages.containsKey(id);
    }

    /** Whether the message was made from this draft; a removed one counts as made from each. */
    boolean isMadeFrom(MessageDraft draft) {
        return Optional.ofNullable(messages.get(draft.id()))
                .filter(known -> known.isRemoved() || known.digest().equals(draft.digest().hex())).isPresent();
    }
}
