package dev.confab.adapter.persistence.contract.reference;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.query.AnswerLimit;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.PositionRange;
import dev.confab.domain.query.Usage;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.ActivityChange;
import dev.confab.domain.work.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of one conversation in the reference store, with the messages at positions 1, 2, … */
public record ReferenceConversation(Conversation head, List<Message> messages, Activity activity) {
    public ReferenceConversation {
        messages = List.copyOf(messages);
    }

    /** The state after a commit; empty after a purge. */
    public static Optional<ReferenceConversation> after(Optional<ReferenceConversation> before, Change change) {
        var messages = new ArrayList<>(
                before.map(ReferenceConversation::messages).orElse(List.of()).subList(0, change.keptCount()));
        change.edited().forEach(message -> messages.set(message.position() - 1, message));
        messages.addAll(change.appended());
        Activity activity = change.activity().map(ActivityChange::after)
                .or(() -> before.map(ReferenceConversation::activity)).orElse(Activity.NONE);
        return change.after().map(head -> new ReferenceConversation(head, messages, activity));
    }

    Usage usage() {
        return new Usage(1, messages.size(), messages.stream().mapToLong(Message::weight).sum());
    }

    ConversationWindow read(Window window) {
        var range = PositionRange.of(window, messages.size());
        List<Message> inside = messages.subList(range.first() - 1, range.last());
        var limit = new AnswerLimit(window.limit());
        List<Message> answer = (range.order() == Window.Order.ASCENDING ? inside : inside.reversed()).stream()
                .takeWhile(message -> limit.admits(message.weight())).toList();
        return new ConversationWindow(head, answer, answer.size() < range.inWindow());
    }

    Changes changesSince(long version) {
        return Changes.since(version, head, messages.stream().filter(m -> m.version().value() > version).toList());
    }

    public Optional<Message> message(MessageId id) {
        return messages.stream().filter(message -> message.id().equals(id)).findFirst();
    }
}
