package dev.confab.domain.work;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.ConversationTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A stored conversation, and messages for it. */
final class UnitOfWorkSamples {
    static final ConversationId ID = RandomDecisions.ID;
    static final Instant NOW = Instant.ofEpochMilli(1_000);

    private UnitOfWorkSamples() {
    }

    static PlainModel conversation(int messages) {
        PlainModel model = PlainModel.EMPTY
                .after(Conversation.start(ID, RandomDecisions.OWNER, Optional.empty(), Metadata.EMPTY, digest(), NOW));
        for (int i = 1; i <= messages; i++) {
            model = model.after(model.head().orElseThrow().append(MessageDraft.of(id(i), Role.USER, "text"), NOW));
        }
        return model;
    }

    static MessageAppended append(ConversationTransaction tx, int number) {
        return append(tx, number, "text");
    }

    static MessageAppended append(ConversationTransaction tx, int number, String text) {
        return tx.conversation().append(MessageDraft.of(id(number), Role.USER, text), NOW);
    }

    static MessageId id(int number) {
        return new MessageId(new UUID(2, number));
    }

    static Digest digest() {
        return Digest.of("test").build();
    }
}
