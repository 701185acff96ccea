package dev.confab.application.conversation;

import dev.confab.application.Transfer;
import dev.confab.application.Transfer.History;
import dev.confab.application.Transfer.Imported;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.OwnerId;
import java.util.ArrayList;
import java.util.List;

/** An export in memory. */
final class Collected implements Transfer.Sink {
    final List<Conversation> heads = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();

    static Collected of(World world, OwnerId owner, ConversationId id) {
        var collected = new Collected();
        world.transfer.export(owner, id, collected);
        return collected;
    }

    @Override
    public void conversation(Conversation head) {
        heads.add(head);
    }

    @Override
    public void message(Message message) {
        messages.add(message);
    }

    /** The import of this export, which contains no digests. */
    Imported imported() {
        Conversation head = heads.getFirst();
        return new Imported(head.id(), head.title(), head.metadata(), head.filing(), head.version(), head.createdAt(),
                head.updatedAt(), head.origin(),
                new History.InMemory(messages.stream().map(Collected::withNewDigest).toList()));
    }

    private static Message withNewDigest(Message m) {
        var draft = new MessageDraft(m.id(), m.role(), m.text(), m.data(), m.metadata());
        return new Message(m.id(), m.position(), m.role(), m.text(), m.data(), m.metadata(), m.createdAt(),
                m.editedAt(), m.version(), draft.digest());
    }
}
