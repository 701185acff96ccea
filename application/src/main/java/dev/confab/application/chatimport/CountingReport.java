package dev.confab.application.chatimport;

import dev.confab.domain.importjob.MessageOutcome;
import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.domain.chatexport.Refusal;
import java.util.EnumMap;
import java.util.Map;

/** Passes a report on, and counts its items. */
final class CountingReport implements ImportReport {
    private final ImportReport to;
    private final Map<ConversationOutcome, Long> conversations = new EnumMap<>(ConversationOutcome.class);
    private final Map<MessageOutcome, Long> messages = new EnumMap<>(MessageOutcome.class);
    private long refused;
    private long refusedMessages;

    CountingReport(ImportReport to) {
        this.to = to;
    }

    ImportTotals totals() {
        return new ImportTotals(conversations, messages, refused, refusedMessages);
    }

    @Override
    public void format(String name) {
        to.format(name);
    }

    @Override
    public void message(MessageItem message) {
        messages.merge(message.outcome(), 1L, Long::sum);
        to.message(message);
    }

    @Override
    public void conversation(ConversationItem conversation) {
        conversations.merge(conversation.outcome(), 1L, Long::sum);
        to.conversation(conversation);
    }

    @Override
    public void refusedMessage(Refusal refusal) {
        refusedMessages++;
        to.refusedMessage(refusal);
    }

    @Override
    public void refused(Refusal refusal) {
        refused++;
        to.refused(refusal);
    }

    @Override
    public void note(String note) {
        to.note(note);
    }
}
