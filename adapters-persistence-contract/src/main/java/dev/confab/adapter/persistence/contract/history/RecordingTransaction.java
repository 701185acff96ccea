package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Records the reads of a transaction and the events recorded in it. It reads the head first, so each execution knows where it started. */
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

    private <T> T returned(T result, Function<T, Execution.Step> step) {
        steps.add(step.apply(result));
        return result;
    }

    @Override
    public Optional<Conversation> find() {
        return returned(transaction.find(), Execution.Found::new);
    }

    @Override
    public Conversation conversation() {
        try {
            return returned(transaction.conversation(), head -> new Execution.FoundLive(Optional.of(head)));
        } catch (ConversationNotFound none) {
            steps.add(new Execution.FoundLive(Optional.empty()));
            throw none;
        }
    }

    @Override
    public Optional<Message> message(MessageId id) {
        return returned(transaction.message(id), message -> new Execution.FoundById(id, message));
    }

    @Override
    public Optional<Message> messageAt(int position) {
        return returned(transaction.messageAt(position), message -> new Execution.FoundAt(position, message));
    }

    @Override
    public void record(ConversationEvent event) {
        transaction.record(event);
        steps.add(new Execution.Recorded(event));
    }

    @Override
    public void expectNotErased(FencingToken token) {
        transaction.expectNotErased(token);
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
