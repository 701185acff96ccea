package dev.confab.bootstrap.metrics;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A transaction that notes the kinds of the events that are recorded. */
final class RecordingTransaction implements ConversationTransaction {
    private final ConversationTransaction transaction;
    private final Set<Class<?>> recorded = new LinkedHashSet<>();

    RecordingTransaction(ConversationTransaction transaction) {
        this.transaction = transaction;
    }

    /** Each once, such as {@code message-appended}, in the order in which they were first recorded. */
    List<String> kinds() {
        return recorded.stream().map(kind -> StoreCalls.kebab(kind.getSimpleName())).toList();
    }

    @Override
    public void record(ConversationEvent event) {
        transaction.record(event);
        recorded.add(event.getClass());
    }

    @Override
    public void record(SessionEvent event) {
        transaction.record(event);
        recorded.add(event.getClass());
    }

    @Override
    public void expectNotErased(FencingToken token) {
        transaction.expectNotErased(token);
    }

    @Override
    public Optional<Conversation> find() {
        return transaction.find();
    }

    @Override
    public Conversation conversation() {
        return transaction.conversation();
    }

    @Override
    public Optional<Message> message(MessageId id) {
        return transaction.message(id);
    }

    @Override
    public Optional<Message> messageAt(int position) {
        return transaction.messageAt(position);
    }

    @Override
    public Activity activity() {
        return transaction.activity();
    }
}
