package dev.confab.bootstrap.metrics;

import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.ForwardingTransaction;
import dev.confab.domain.session.SessionEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A transaction that notes the kinds of the events that are recorded. */
final class EventKindsTransaction extends ForwardingTransaction {
    private final Set<Class<?>> recorded = new LinkedHashSet<>();

    EventKindsTransaction(ConversationTransaction transaction) {
        super(transaction);
    }

    /** Each once, such as {@code message-appended}, in the order in which they were first recorded. */
    List<String> kinds() {
        return recorded.stream().map(kind -> StoreCalls.kebab(kind.getSimpleName())).toList();
    }

    @Override
    public void record(ConversationEvent event) {
        super.record(event);
        recorded.add(event.getClass());
    }

    @Override
    public void record(SessionEvent event) {
        super.record(event);
        recorded.add(event.getClass());
    }
}
