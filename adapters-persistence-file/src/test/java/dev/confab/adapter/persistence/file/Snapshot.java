package dev.confab.adapter.persistence.file;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.session.Activity;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** All of one conversation, whether it is live, in the bin or absent. */
record Snapshot(Optional<Conversation> head, List<Message> messages, Activity activity) {
    static Snapshot of(ConversationStore store, ConversationId id) {
        return store.transact(id, tx -> {
            int count = tx.find().map(Conversation::messageCount).orElse(0);
            return new Snapshot(tx.find(), IntStream.rangeClosed(1, count)
                    .mapToObj(position -> tx.messageAt(position).orElseThrow()).toList(), tx.activity());
        });
    }

    /** Short, for the message of a failed test. */
    @Override
    public String toString() {
        return head.map(found -> "version " + found.version() + (found.isDeleted() ? ", deleted" : "")
                + messages.stream().map(m -> " " + m.position() + ":" + m.version() + "#" + m.text().hashCode())
                        .toList()
                + activity.sessions().stream().map(s -> " session " + s.id() + ":" + s.version()).toList()
                + activity.turns().stream().map(t -> " turn " + t.id() + ":" + t.step() + t.state().label()).toList())
                .orElse("absent");
    }
}
