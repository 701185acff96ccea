package dev.confab.bootstrap.reading;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.adapter.web.search.HitPageJson;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.remote.Query;
import dev.confab.bootstrap.remote.RunningServer;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.Window;
import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;

/**
 * The conversations of an owner at a running server.
 *
 * @param owner on whose behalf they are read; empty for the token's own
 */
record ServerSource(RunningServer server, Optional<OwnerId> owner) implements ConversationSource {
    private static final JsonMapper JSON = JsonMapper.builder().addMixIn(MessageJson.class, DataAsText.class).build();

    /** The member {@code data} is any JSON, and its record holds it as text. */
    interface DataAsText {
        @JsonDeserialize(using = JsonText.class)
        String data();
    }

    private static final class JsonText extends ValueDeserializer<String> {
        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            var text = new StringWriter();
            try (var out = JSON.createGenerator(text)) {
                out.copyCurrentStructureExact(parser);
            }
            return text.toString();
        }
    }

    @Override
    public PageJson<ConversationJson> list(Sort sort, int limit, Optional<String> cursor) {
        Optional<String> bin = Optional.of("true").filter(_ -> sort == Sort.DELETED);
        return read(Query.of(ApiPaths.CONVERSATIONS).with("limit", limit).with("cursor", cursor).with("deleted", bin)
                .with("archived", Optional.of("include")), new TypeReference<>() {
                });
    }

    @Override
    public HitPageJson search(Words words, int limit, Optional<String> cursor) {
        SearchFilter filter = words.filter();
        Query query = Query.of(ApiPaths.API + "/search").with("q", words.text()).with("prefix", words.prefix())
                .with("conversationId", filter.conversation()).with("role", filter.role().map(MessageJson::name))
                .with("author", filter.author()).with("from", filter.from()).with("to", filter.to())
                .with("limit", limit).with("cursor", cursor);
        for (String label : filter.labels()) {
            query = query.with("label", label);
        }
        return read(query, new TypeReference<>() {
        });
    }

    @Override
    public ConversationJson conversation(ConversationId id) {
        return read(Query.of(ApiPaths.of(ApiPaths.CONVERSATION, id).toString()), new TypeReference<>() {
        });
    }

    @Override
    public MessagePage messages(ConversationId id, int first, int last) {
        return read(Query.of(ApiPaths.of(ApiPaths.CONVERSATION, id) + "/messages").with("after", first - 1)
                .with("before", last + 1).with("limit", Window.MAX_LIMIT), new TypeReference<>() {
                });
    }

    private <T> T read(Query query, TypeReference<T> type) {
        byte[] answer = server.read(query.onBehalfOf(owner));
        try {
            return JSON.readValue(answer, type);
        } catch (JacksonException e) {
            throw new CannotStart("The server does not answer as Confab does: " + query.path(),
                    "Give --server the address of a Confab server of this version.", ExitStatus.DATA, e);
        }
    }
}
