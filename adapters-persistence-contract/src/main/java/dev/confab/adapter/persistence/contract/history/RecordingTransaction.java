package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.ForwardingTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Records the reads of a transaction and the events recorded in it. It reads the head first, so each execution knows where it started. */
final class RecordingTransaction extends ForwardingTransaction {
    private final Optional<Conversation> base;
    private final List<Execution.Step> steps = new ArrayList<>();

    RecordingTransaction(ConversationTransaction transaction) {
        super(transaction);
        this.base = transaction.find();
    }

    Execution execution() {
        return new Execution(base, steps);
    }

    private <T> T returned(T result, Function<T, Execution.Step> step) {
        steps.add(step.apply(result));
        return result;
    }

    @Override
    public Optional<Conversation> find() {
        return returned(super.find(), Execution.Found::new);
    }

    @Override
    public Conversation conversation() {
        try {
            return returned(super.conversation(), head -> new Execution.FoundLive(Optional.of(head)));
        } catch (ConversationNotFound none) {
            steps.add(new Execution.FoundLive(Optional.empty()));
            throw none;
        }
    }

    @Override
    public Optional<Message> message(MessageId id) {
        return returned(super.message(id), message -> new Execution.FoundById(id, message));
    }

    @Override
    public Optional<Message> messageAt(int position) {
        return returned(super.messageAt(position), message -> new Execution.FoundAt(position, message));
    }

    @Override
    public void record(ConversationEvent event) {
        super.record(event);
        steps.add(new Execution.Recorded(event));
    }
}
