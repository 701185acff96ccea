package dev.confab.application.chatimport.job;

import dev.confab.application.chatimport.ImportReport;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.domain.importjob.MessageOutcome;
import dev.confab.domain.importjob.ReportItem;
import dev.confab.domain.importjob.ReportItem.Note;
import dev.confab.domain.importjob.ReportItem.OfConversation;
import dev.confab.domain.importjob.ReportItem.OfMessage;
import dev.confab.domain.importjob.ReportItem.Refused;
import dev.confab.domain.importjob.ReportItem.RefusedMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what is reported of one chat. */
final class ItemCollector implements ImportReport {
    private final List<ReportItem> items = new ArrayList<>();

    List<ReportItem> items() {
        return items;
    }

    @Override
    public void format(String name) {
        // It is known before the first chat.
    }

    @Override
    public void message(MessageItem message) {
        items.add(new OfMessage(message.conversation(), message.id(), message.outcome(), message.place()));
    }

    @Override
    public void conversation(ConversationItem conversation) {
        items.add(new OfConversation(conversation.id(), conversation.title(), conversation.origin(),
                conversation.outcome(), conversation.place()));
    }

    @Override
    public void refusedMessage(Refusal refusal) {
        items.add(new RefusedMessage(refusal.place(), refusal.reason()));
    }

    @Override
    public void refused(Refusal refusal) {
        items.add(new Refused(refusal.place(), refusal.reason()));
    }

    @Override
    public void note(String note) {
        items.add(new Note(note));
    }

    /**
     * What two runs of a chat did together: what the first one planned to import, and the second one found, the first one has imported.
     *
     * @param planned before the first run, which may have ended early
     * @param now reported by the second one
     */
    static List<ReportItem> together(List<ReportItem> planned, List<ReportItem> now) {
        var plan = new HashMap<Object, ReportItem>();
        planned.forEach(item -> plan.put(key(item), item));
        return now.stream().map(item -> switch (item) {
            case OfConversation found -> together(plan, found);
            case OfMessage found when found.outcome() != MessageOutcome.KEPT
                    && plan.get(key(found)) instanceof OfMessage before
                    && before.outcome() == MessageOutcome.IMPORTED ->
                (ReportItem) before;
            default -> item;
        }).toList();
    }

    private static ReportItem together(Map<Object, ReportItem> plan, OfConversation found) {
        if (plan.get(key(found)) instanceof OfConversation before && before.outcome() != ConversationOutcome.PRESENT
                && before.outcome().compareTo(found.outcome()) < 0) {
            return before;
        }
        return found;
    }

    /**
     * What a run did that ended early, before a run that only looked: what is planned and not there yet is left out.
     *
     * @param now reported by a trial after it
     */
    static List<ReportItem> done(List<ReportItem> planned, List<ReportItem> now) {
        return together(planned, now.stream().filter(item -> switch (item) {
            case OfConversation found -> found.outcome() != ConversationOutcome.IMPORTED;
            case OfMessage found -> found.outcome() != MessageOutcome.IMPORTED;
            case Refused _,RefusedMessage _,Note _ -> true;
        }).toList());
    }

    /** Equal for the items of one thing; a message may be in the data of several, at places of its own. */
    private static Object key(ReportItem item) {
        return switch (item) {
            case OfConversation conversation -> conversation.id();
            case OfMessage message when message.outcome() != MessageOutcome.KEPT ->
                List.of(message.conversation(), message.id());
            case OfMessage _,Refused _,RefusedMessage _,Note _ -> item;
        };
    }

}
