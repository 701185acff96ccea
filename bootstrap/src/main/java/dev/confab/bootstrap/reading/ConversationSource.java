package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.adapter.web.search.HitPageJson;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchQuery;
import java.util.List;
import java.util.Optional;

/** The conversations of one owner. Each call reads the state of one moment. */
interface ConversationSource {

    /** One page of at most 100, the latest first. */
    PageJson<ConversationJson> list(Sort sort, int limit, Optional<String> cursor);

    /** One page of at most 100 hits, newest first. */
    HitPageJson search(Words words, int limit, Optional<String> cursor);

    /** Throws the failure of a conversation that the owner does not have. */
    ConversationJson conversation(ConversationId id);

    /**
     * At most 1000 messages from a position on, in order: fewer if they are long.
     *
     * @param first a position of the conversation
     * @param last at least {@code first}
     */
    MessagePage messages(ConversationId id, int first, int last);

    /**
     * What is searched for.
     *
     * @param prefix whether the last word also finds words that begin with it
     */
    record Words(String text, boolean prefix, SearchFilter filter) {
        /** Throws {@link dev.confab.domain.conversation.InvalidValue} for what cannot be searched for. */
        SearchQuery query(int limit, Optional<SearchQuery.Key> after) {
            return new SearchQuery(text, prefix, filter, limit, after);
        }
    }

    /** Messages, and the version of the conversation at the same moment. */
    record MessagePage(List<MessageJson> items, long version) {
    }
}
