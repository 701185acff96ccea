package dev.confab.domain.port;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.Optional;

/** A transaction that passes every call on to another one; its subclasses add to some of them. */
public abstract class ForwardingTransaction implements ConversationTransaction {
    private final ConversationTransaction transaction;

    protected ForwardingTransaction(ConversationTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public void record(ConversationEvent event) {
        transaction.record(event);
    }

    @Override
    public void record(SessionEvent event) {
        transaction.record(event);
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
