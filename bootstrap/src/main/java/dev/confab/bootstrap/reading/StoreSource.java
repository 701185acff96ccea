package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.adapter.web.search.HitPageJson;
import dev.confab.application.Conversations;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Window.Order;
import dev.confab.domain.query.Window;
import java.util.Optional;

/** The conversations of an owner in the store of the settings. */
record StoreSource(Conversations conversations, Messages messages, OwnerId owner) implements ConversationSource {

    @Override
    public PageJson<ConversationJson> list(Sort sort, int limit, Optional<String> cursor) {
        var query = new ListQuery(sort, limit, cursor.map(StoreCursors::ofConversation));
        return PageJson.of(conversations.list(owner, query), ConversationJson::from, StoreCursors::of);
    }

    @Override
    public HitPageJson search(Words words, int limit, Optional<String> cursor) {
        return HitPageJson.of(conversations.search(owner, words.query(limit, cursor.map(StoreCursors::ofHit))),
                StoreCursors::of);
    }

    @Override
    public ConversationJson conversation(ConversationId id) {
        return ConversationJson.from(conversations.get(owner, id));
    }

    @Override
    public MessagePage messages(ConversationId id, int first, int last) {
        var read = messages.read(owner, id,
                new Window(first - 1, last + 1, Window.MAX_LIMIT, Order.ASCENDING));
        return new MessagePage(MessageJson.from(read.messages()), read.conversation().version().value());
    }
}
