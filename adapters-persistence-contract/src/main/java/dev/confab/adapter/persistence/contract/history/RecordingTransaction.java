package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records what a transaction returns and what is recorded in it. It reads the head first, so each execution knows where it started. */
final class RecordingTransaction implements ConversationTransaction {
    private final ConversationTransaction transaction;
    private final Optional<Conversation> base;
    private final List<Execution.Step> steps = new ArrayList<>();

    RecordingTransaction(ConversationTransaction transaction) {
        this.transaction = transaction;
        this.base = transaction.find();
    }

    Execution execution() {
        return new Execution(base, steps);
    }

    @Override
    public Optional<Conversation> find() {
        Optional<Conversation> head = transaction.find();
        steps.add(new Execution.Found(head));
        return head;
    }

    @Override
    public Conversation conversation() {
        try {
            Conversation head = transaction.conversation();
            steps.add(new Execution.FoundLive(Optional.of(head)));
            return head;
        } catch (ConversationNotFound none) {
            steps.add(new Execution.FoundLive(Optional.empty()));
            throw none;
        }
    }

    @Override
    public Optional<Message> message(MessageId id) {
        Optional<Message> message = transaction.message(id);
        steps.add(new Execution.FoundById(id, message));
        return message;
    }

    @Override
    public Optional<Message> messageAt(int position) {
        Optional<Message> message = transaction.messageAt(position);
        steps.add(new Execution.FoundAt(position, message));
        return message;
    }

    @Override
    public void record(ConversationEvent event) {
        transaction.record(event);
        steps.add(new Execution.Recorded(event));
    }

    @Override
    public Activity activity() {
        return transaction.activity();
    }

    @Override
    public void record(SessionEvent event) {
        transaction.record(event);
    }
}
