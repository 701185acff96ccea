package dev.confab.adapter.assistant.tool;

import dev.confab.adapter.assistant.tool.ToolArguments.Invalid;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.TextRules;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.Tool;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Searches the owner's own conversations, newest first. The result is an array of
 * {@code {conversationId, title, messageId, role, createdAt, snippet, otherConversations}}; messageId and role are null where the title matched,
 * and otherConversations is the number of further conversations that hold the same message. It has at most {@value #MAX_HITS} hits of at most
 * 2.5 KiB each, which stays below the size limit of a tool result.
 */
public final class SearchConversations implements Tool {
    public static final String NAME = "search_conversations";
    private static final int MAX_HITS = 20;
    private static final int DEFAULT_HITS = 10;
    /** A page of hits ends early when its messages are large; this limits how many pages are read. */
    private static final int MAX_PAGES = 10;

    private final ConversationReader reader;
    private final InstantSource clock;

    public SearchConversations(ConversationReader reader, InstantSource clock) {
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public ToolDescription description() {
        return new ToolDescription(NAME,
                "Searches the user's own conversations for messages and titles that contain all the words of the query.",
                """
                        {"type":"object","properties":{"query":{"type":"string","description":"the words to look for"},\
                        "limit":{"type":"integer","minimum":1,"maximum":20,"description":"how many to find, 10 when left \
                        out"}},"required":["query"],"additionalProperties":false}""");
    }

    @Override
    public String call(OwnerId owner, String arguments) {
        try {
            var parsed = ToolArguments.parse(arguments, List.of("query", "limit"));
            String text = parsed.text("query").orElseThrow(() -> new Invalid("query is missing"));
            int limit = parsed.integer("limit", 1, MAX_HITS, DEFAULT_HITS);
            return json(hits(owner, query(text, limit)));
        } catch (Invalid e) {
            return e.asResult();
        }
    }

    private static SearchQuery query(String text, int limit) throws Invalid {
        try {
            return new SearchQuery(TextRules.text("query", text), false, Optional.empty(), limit, Optional.empty());
        } catch (InvalidValue e) {
            throw new Invalid("query " + e.reason());
        }
    }

    private List<SearchHit> hits(OwnerId owner, SearchQuery query) {
        Instant now = clock.instant();
        var hits = new ArrayList<SearchHit>();
        Optional<SearchQuery.Key> after = Optional.empty();
        for (int pages = 0; pages < MAX_PAGES && hits.size() < query.limit(); pages++) {
            var page = reader.search(owner, new SearchQuery(query.text(), query.prefix(), query.conversation(),
                    query.limit() - hits.size(), after), now);
            hits.addAll(page.items());
            after = page.next();
            if (after.isEmpty()) {
                break;
            }
        }
        return hits;
    }

    private static String json(List<SearchHit> hits) {
        ArrayNode array = ToolArguments.JSON.createArrayNode();
        for (SearchHit hit : hits) {
            ObjectNode node = array.addObject();
            node.put("conversationId", hit.conversation().toString());
            node.put("title", hit.title().map(title -> title.value()).orElse(null));
            node.put("messageId", hit.message().map(message -> message.id().toString()).orElse(null));
            node.put("role", hit.message().map(message -> message.role().name().toLowerCase(Locale.ROOT)).orElse(null));
            node.put("createdAt", hit.createdAt().toString());
            node.put("snippet", hit.snippet().text());
            node.put("otherConversations", hit.otherConversations());
        }
        return array.toString();
    }
}
