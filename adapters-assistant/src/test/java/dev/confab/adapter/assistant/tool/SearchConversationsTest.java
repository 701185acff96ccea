package dev.confab.adapter.assistant.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.session.ToolCall;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SearchConversationsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T20:30:00Z");
    private final ReferenceStore store = new ReferenceStore();
    private final SearchConversations tool = new SearchConversations(store, InstantSource.fixed(NOW));

    @Test
    void a_message_is_found_with_its_conversation() {
        MessageDraft draft = Samples.draft("the blue whale sings");
        ConversationId id = conversation(Samples.ALICE, "Sea", Optional.empty(), draft);

        JsonNode hit = found("{\"query\":\"Whale\"}").get(0);

        assertThat(hit.propertyNames()).containsExactly("conversationId", "title", "messageId", "role", "createdAt",
                "snippet", "otherConversations");
        assertThat(hit.path("conversationId").asString()).isEqualTo(id.toString());
        assertThat(hit.path("title").asString()).isEqualTo("Sea");
        assertThat(hit.path("messageId").asString()).isEqualTo(draft.id().toString());
        assertThat(hit.path("role").asString()).isEqualTo("user");
        assertThat(Instant.parse(hit.path("createdAt").asString())).isEqualTo(NOW);
        assertThat(hit.path("snippet").asString()).isEqualTo("the blue whale sings");
        assertThat(hit.path("otherConversations").asInt(-1)).isZero();
    }

    @Test
    void a_message_that_further_conversations_hold_is_found_once_with_their_number() {
        MessageDraft draft = Samples.draft("the blue whale sings");
        conversation(Samples.ALICE, "Sea", Optional.empty(), draft);
        conversation(Samples.ALICE, "Sea, copied", Optional.empty(), draft);
        conversation(Samples.ALICE, "Sea, copied again", Optional.empty(), draft);

        JsonNode hits = found("{\"query\":\"whale\"}");

        assertThat(hits).hasSize(1);
        assertThat(hits.get(0).path("otherConversations").asInt(-1)).isEqualTo(2);
    }

    @Test
    void a_title_is_found_without_a_message() {
        conversation(Samples.ALICE, "Whales", Optional.empty());

        JsonNode hit = found("{\"query\":\"whales\"}").get(0);

        assertThat(hit.path("messageId").isNull()).isTrue();
        assertThat(hit.path("role").isNull()).isTrue();
    }

    @Test
    void conversations_of_other_owners_are_not_found() {
        conversation(Samples.BOB, "Sea", Optional.empty(), Samples.draft("the blue whale sings"));

        assertThat(found("{\"query\":\"whale\"}")).isEmpty();
    }

    @Test
    void expired_conversations_are_not_found_and_do_not_take_the_place_of_others() {
        for (int i = 0; i < 5; i++) {
            conversation(Samples.ALICE, "Sea", Optional.of(NOW), Samples.draft("a whale that is gone"));
        }
        conversation(Samples.ALICE, "Sea", Optional.of(NOW.plusMillis(1)), Samples.draft("a whale"));

        assertThat(found("{\"query\":\"whale\",\"limit\":1}")).hasSize(1);
        assertThat(found("{\"query\":\"whale\"}")).hasSize(1);
    }

    @Test
    void the_longest_result_fits_into_a_tool_call() {
        String wide = "\u0001".repeat(195);
        MessageDraft[] drafts = IntStream.range(0, 30).mapToObj(i -> Samples.draft("whale" + wide))
                .toArray(MessageDraft[]::new);
        conversation(Samples.ALICE, "Sea" + wide, Optional.empty(), drafts);

        String result = tool.call(Samples.ALICE, "{\"query\":\"whale\",\"limit\":20}");

        assertThat(ToolArguments.JSON.readTree(result)).hasSize(20);
        assertThat(result.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(ToolCall.MAX_RESULT_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"query\":\"\"}", "{\"query\":\"...\"}", "{\"query\":7}", "{\"query\":null}",
            "{\"query\":\"a\\u0000b\"}", "{\"query\":\"a\\ud800\"}", "{\"query\":\"whale\",\"limit\":0}",
            "{\"query\":\"whale\",\"limit\":21}", "{\"query\":\"whale\",\"limit\":1.5}",
            "{\"query\":\"whale\",\"limit\":99999999999}", "{\"query\":\"whale\",\"limit\":\"5\"}",
            "{\"query\":\"whale\",\"owner\":\"bob\"}", "whale", "[\"whale\"]", "{\"query\":"})
    void invalid_arguments_are_reported(String arguments) {
        JsonNode result = found(arguments);

        assertThat(result.path("error").asString("")).isNotEmpty();
    }

    @Test
    void very_long_and_deeply_nested_arguments_are_reported() {
        assertThat(found("{\"query\":\"" + "whale ".repeat(1_000) + "\"}").has("error")).isTrue();
        assertThat(found("[".repeat(100_000)).has("error")).isTrue();
    }

    @Test
    void the_schema_is_a_json_object() {
        assertThat(ToolArguments.JSON.readTree(tool.description().parameters()).path("type").asString())
                .isEqualTo("object");
    }

    private JsonNode found(String arguments) {
        return ToolArguments.JSON.readTree(tool.call(Samples.ALICE, arguments));
    }

    private ConversationId conversation(OwnerId owner, String title, Optional<Instant> expiresAt,
            MessageDraft... drafts) {
        ConversationId id = Samples.newConversationId();
        store.transact(id, tx -> {
            tx.record(Conversation.startUntil(expiresAt, id, owner, Optional.of(new Title(title)), Metadata.EMPTY,
                    Samples.digest(title), NOW));
            for (MessageDraft draft : drafts) {
                tx.record(tx.conversation().append(draft, NOW));
            }
            return id;
        });
        return id;
    }
}
