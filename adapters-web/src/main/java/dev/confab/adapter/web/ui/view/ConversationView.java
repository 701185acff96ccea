package dev.confab.adapter.web.ui.view;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Title;
import java.util.List;

/**
 * The head of a conversation.
 *
 * @param origin the id of the conversation that it was forked from; empty if it was not
 * @param expiresAt empty unless it is temporary
 */
public record ConversationView(String id, String title, boolean isPinned, boolean isArchived, boolean isDeleted,
        List<String> labels, long version, int messageCount, String updatedAt, String expiresAt, String origin,
        String originMessage) {

    public static ConversationView of(Conversation head) {
        return new ConversationView(head.id().toString(), head.title().map(Title::value).orElse("Untitled"),
                head.filing().pinned(), head.filing().archived(), head.isDeleted(),
                List.copyOf(head.filing().labels()), head.version().value(), head.messageCount(),
                head.deletedAt().orElse(head.updatedAt()).toString(),
                head.expiresAt().map(Object::toString).orElse(""),
                head.origin().map(origin -> origin.conversationId().toString()).orElse(""),
                head.origin().map(origin -> origin.messageId().toString()).orElse(""));
    }

    public static List<ConversationView> of(List<Conversation> heads) {
        return heads.stream().map(ConversationView::of).toList();
    }
}
