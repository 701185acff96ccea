package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.AnswerLimit;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.PositionRange;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import dev.confab.domain.work.UnitOfWork;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads everything that a {@link ReferenceStorage} holds. The mutants of the tests override its protected methods. */
public class ReferenceStored implements StoredConversations {
    private final ReferenceStorage storage;

    public ReferenceStored(ReferenceStorage storage) {
        this.storage = storage;
    }

    @Override
    public List<ConversationId> ids(Optional<OwnerId> owner, Optional<ConversationId> after, int limit) {
        UnitOfWork.requireOutsideTransaction();
        return storage.readAll().map(ReferenceConversation::head).filter(this::isListed)
                .filter(head -> owner.isEmpty() || owner.get().equals(head.owner())).map(Conversation::id)
                .filter(id -> after.isEmpty() || isBehind(id, after.get())).sorted().limit(limit).toList();
    }

    protected boolean isListed(Conversation head) {
        return true;
    }

    protected boolean isBehind(ConversationId id, ConversationId last) {
        return id.compareTo(last) > 0;
    }

    @Override
    public Optional<StoredWindow> read(ConversationId id, Window window) {
        UnitOfWork.requireOutsideTransaction();
        return state(id).map(state -> {
            var range = PositionRange.of(window, state.messages().size());
            var answer = new AnswerLimit(window.limit());
            List<Message> found = IntStream.range(0, Math.max(0, range.last() - range.first() + 1))
                    .mapToObj(i -> state.messages().get(range.position(i) - 1))
                    .takeWhile(message -> answer.admits(message.weight())).toList();
            return new StoredWindow(new ConversationWindow(state.head(), found, found.size() < range.inWindow()),
                    state.activity());
        });
    }

    protected Optional<ReferenceConversation> state(ConversationId id) {
        return storage.read(id);
    }
}
