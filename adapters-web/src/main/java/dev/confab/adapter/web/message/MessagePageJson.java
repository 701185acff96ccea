package dev.confab.adapter.web.message;

import dev.confab.domain.query.ConversationWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of messages, and the version of the conversation at the same moment. */
record MessagePageJson(List<MessageJson> items, @Nullable String nextCursor, long version) {

    static MessagePageJson from(ConversationWindow read, @Nullable String nextCursor) {
        return new MessagePageJson(MessageJson.from(read.messages()), nextCursor,
                read.conversation().version().value());
    }
}
