package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.work.Staging;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports and imports of a conversation. */
class TransferTest extends WebTest {
    private static final String IMPORT = "/conversations/import";

    @Test
    void an_export_holds_everything_and_is_taken_in_again() {
        String path = conversation("{\"title\":\"T\",\"messages\":["
                + "{\"role\":\"user\",\"text\":\"a\",\"data\":{\"x\":1.0}},{\"role\":\"tool\",\"text\":\"b\"}]}");
        Reply export = get(path + "/export").expect(200);
        assertThat(export.header("Content-Type")).isEqualTo(JSON);
        assertThat(export.json().propertyNames()).containsExactly("format", "formatVersion", "conversation", "messages",
                "end");
        assertThat(export.json().at("/end/messages").intValue()).isEqualTo(2);
        assertThat(export.body()).contains("\"data\":{\"x\":1.0}");

        post(IMPORT, export.body()).expect(200);
        delete(path).expect(204);
        delete(path + "?purge=true").expect(204);
        Reply imported = post(IMPORT, export.body()).expect(201);

        assertThat(imported.header("Location")).isEqualTo("/api/v1" + path);
        assertThat(imported.header("ETag")).isEqualTo("\"3\"");
        assertThat(get(path + "/export").body()).isEqualTo(export.body());
        post(IMPORT, export.body()).expect(200);
        String other = export.body().replace("\"T\"", "\"U\"");
        post(IMPORT, other).expectProblem(409, "conversation-id-reused");
        assertThat(post(IMPORT + "?onConflict=new-id", other).expect(201).text("id"))
                .isNotEqualTo(imported.text("id"));
        post(IMPORT + "?onConflict=replace", other).expectProblem(400, "invalid-request");
    }

    @Test
    void an_import_of_any_length_is_stored_as_a_whole() {
        String export = get(conversation(1) + "/export").body();
        String id = UUID.randomUUID().toString();
        int count = 10_003;
        String message = export.replaceFirst("(?s).*\"messages\":\\[(.*)\\],\"end\".*", "$1");
        String messages = IntStream.rangeClosed(1, count)
                .mapToObj(n -> message
                        .replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + new UUID(0x4000, n + (1L << 63)) + "\"")
                        .replace("\"position\":1", "\"position\":" + n))
                .collect(Collectors.joining(","));
        String large = export.replace(message, messages).replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + id + "\"")
                .replace("\"messageCount\":1", "\"messageCount\":" + count)
                .replace("\"end\":{\"messages\":1}", "\"end\":{\"messages\":" + count + "}");

        post(IMPORT, large.replace("\"position\":" + count, "\"position\":7")).expectInvalidAt(
                "#/messages/10002/position");
        get("/conversations/" + id + "/progress").expectProblem(404, "conversation-not-found");
        post(IMPORT, large).expect(201);
        post(IMPORT, large).expect(200);

        assertThat(get("/conversations/" + id + "/export").body()).isEqualTo(large);
        get("/conversations/" + id + "/progress").expectProblem(404, "conversation-not-found");
    }

    @Test
    void the_progress_of_a_conversation_that_is_being_staged_is_the_number_of_its_messages() {
        ConversationId id = staged(new OwnerId("local"));

        assertThat(get("/conversations/" + id + "/progress").expect(200).body()).isEqualTo("{\"messages\":0}");
        stage(id, 3);
        assertThat(get("/conversations/" + id + "/progress").expect(200).body()).isEqualTo("{\"messages\":3}");
        get("/conversations/" + id).expectProblem(404, "conversation-not-found");
        delete("/conversations/" + id).expectProblem(404, "conversation-not-found");
    }

    @Test
    void there_is_no_progress_of_another_owner_and_of_a_complete_conversation() {
        get("/conversations/" + staged(Samples.BOB) + "/progress").expectProblem(404, "conversation-not-found");
        get(conversation(2) + "/progress").expectProblem(404, "conversation-not-found");
        get("/conversations/1/progress").expectProblem(400, "invalid-request");
    }

    private ConversationId staged(OwnerId owner) {
        Conversation head = Conversation
                .from(Samples.started(Samples.newConversationId(), owner, Samples.title("staged")));
        store.transact(head.id(), tx -> {
            tx.record(Staging.begin(head, Samples.digest("messages"), Samples.now()));
            return head;
        });
        return head.id();
    }

    private void stage(ConversationId id, int count) {
        List<Message> messages = IntStream.rangeClosed(1, count).mapToObj(n -> Samples.message(n, "text", 1)).toList();
        store.transact(id, tx -> {
            tx.record(Staging.add(tx.find().orElseThrow(), messages, Samples.now()));
            return count;
        });
    }

    @Test
    void an_import_that_is_not_whole_stores_nothing() {
        String export = get(conversation(2) + "/export").body();
        String id = UUID.randomUUID().toString();
        String other = export.replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + id + "\"");

        post(IMPORT, other.replaceFirst(",\"end\":.*", "}")).expectInvalidAt("#/end");
        post(IMPORT, other.replace("\"end\":{\"messages\":2}", "\"end\":{\"messages\":3}"))
                .expectInvalidAt("#/end/messages");
        post(IMPORT, other.substring(0, other.length() - 20)).expectProblem(400, "invalid-request");
        post(IMPORT, other.replace("\"position\":2", "\"position\":3")).expectProblem(400, "invalid-request");
        post(IMPORT, other.replace("\"role\":\"user\"", "\"role\":\"boss\"")).expectInvalidAt("#/messages/0/role");
        post(IMPORT, other.replace("\"formatVersion\":1", "\"formatVersion\":2")).expectInvalidAt("#/formatVersion");
        post(IMPORT, other.replace("\"text\":\"text 2\"", "\"text\":\"\\ud800\"")).expectInvalidAt("#/messages/1/text");
        post(IMPORT, other.replace("\"end\":", "\"colour\":1,\"end\":")).expectInvalidAt("#/colour");
        post(IMPORT, "").expectProblem(400, "invalid-request");
        post(IMPORT, "{}").expectInvalidAt("#/format");
        get("/conversations/" + id).expectProblem(404, "conversation-not-found");
        post(IMPORT, other).expect(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "title":"T"            | "title":"\\u0000"           | #/conversation/title
            "title":"T"            | "title":"T","title":"T"     | #/conversation/title
            "title":"T"            | "title":7                   | #/conversation/title
            "title":"T"            | "colour":7                  | #/conversation/colour
            "messageCount":1       | "messageCount":2            | #/conversation/messageCount
            "messageCount":1       | "messageCount":"1"          | #/conversation/messageCount
            "messageCount":1       | "messageCount":null         | #/conversation/messageCount
            "messageCount":1       | "messageCount":99999999999  | #/conversation/messageCount
            "deletedAt":null       | "deletedAt":"2026-01-31T09:30:00.000Z" | #/conversation/deletedAt
            "forkedFrom":null      | "forkedFrom":{}             | #/conversation/forkedFrom/conversationId
            "forkedFrom":null      | "forkedFrom":7              | #/conversation/forkedFrom
            "formatVersion":1      | "formatVersion":"1"         | #/formatVersion
            "formatVersion":1      | "formatVersion":1.0         | #/formatVersion
            "format":              | "messages":[],"format":     | #/messages
            "messages":[           | "messages":[null,           | #/messages/0
            "messages":[           | "messages":["a",            | #/messages/0
            "messages":[           | "messages":[[],             | #/messages/0
            "position":1           | "position":0                | #/messages/0/position
            "position":1           | "position":-1               | #/messages/0/position
            "position":1           | "position":1.0              | #/messages/0/position
            "position":1           | "position":1,"position":1   | #/messages/0/position
            "text":"t"             | "text":"\\udfff"            | #/messages/0/text
            "text":"t"             | "text":7                    | #/messages/0/text
            "text":"t"             | "text":"t","colour":7       | #/messages/0/colour
            "data":{"x":1}         | "data":{"x":["\\u0000"]}    | #/messages/0/data/x/0
            "data":{"x":1}         | "data":{"x":1,"x":1}        | #/messages/0/data/x
            "data":{"x":1}         | "data":"{}"                 | #/messages/0/data
            "metadata":{"k":"v"}   | "metadata":{"k":7}          | #/messages/0/metadata/k
            "metadata":{"k":"v"}   | "metadata":{"k":null}       | #/messages/0/metadata/k
            "metadata":{"k":"v"}   | "metadata":{"k":"\\u0000"}  | #/messages/0/metadata/k
            "metadata":{"k":"v"}   | "metadata":{"":"v"}         | #/messages/0/metadata
            "editedAt":null        | "editedAt":"2026-01-31"     | #/messages/0/editedAt
            "editedAt":null        | "editedAt":7                | #/messages/0/editedAt
            "incomplete":null      | "incomplete":"Not a code"   | #/messages/0/incomplete
            "incomplete":null      | "incomplete":"length"       | #/messages/0/incomplete
            "version":2}           | "version":0}                | #/messages/0/version
            "version":2}           | "version":3}                | #/messages/0/version
            "version":2,           | "version":9007199254740992, | #/conversation/version
            "version":2,           | "version":9223372036854775807, | #/conversation/version
            "forkedFrom":null      | "forkedFrom":{"conversationId":"$ID","messageId":"$ID"} | #/conversation/forkedFrom/conversationId
            "createdAt":"$AT","up  | "createdAt":"2999-01-01T00:00:00.000Z","up | #/conversation/updatedAt
            "updatedAt":"$AT"      | "updatedAt":"2999-01-01T00:00:00.000Z" | #/conversation/updatedAt
            "createdAt":"$AT","ed  | "createdAt":"2999-01-01T00:00:00.000Z","ed | #/messages/0/createdAt
            "editedAt":null        | "editedAt":"2999-01-01T00:00:00.000Z" | #/messages/0/editedAt
            "editedAt":null        | "editedAt":"0000-12-31T23:59:59.999Z" | #/messages/0/editedAt
            "end":{"messages":1}   | "end":{"messages":1,"x":1}  | #/end/x
            "end":{"messages":1}   | "end":7                     | #/end
            """)
    void an_error_in_an_import_is_named_by_its_place(String right, String wrong, String pointer) {
        String export = get(conversation("{\"title\":\"T\",\"messages\":[{\"role\":\"user\",\"text\":\"t\","
                + "\"data\":{\"x\":1},\"metadata\":{\"k\":\"v\"}}]}") + "/export").body();
        Function<String, String> filled = text -> text.replace("$ID", id(export)).replace("$AT", createdAt(export));
        assertThat(export).contains(filled.apply(right));

        post(IMPORT, export.replace(filled.apply(right), filled.apply(wrong))).expectInvalidAt(pointer);
    }

    private static String id(String export) {
        return export.replaceFirst("(?s).*?\"id\":\"([^\"]*)\".*", "$1");
    }

    private static String createdAt(String export) {
        return export.replaceFirst("(?s).*?\"createdAt\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void an_import_or_a_creation_over_the_bin_says_how_to_get_rid_of_it() {
        String path = conversation(1);
        String export = get(path + "/export").body();
        delete(path).expect(204);

        Reply refused = post(IMPORT, export).expectProblem(409, "conversation-in-bin");
        assertThat(refused.text("conversationId")).isEqualTo(id(export));
        assertThat(refused.text("detail")).contains("POST /api/v1" + path + "/restore",
                "DELETE /api/v1" + path + "?purge=true");
        post("/conversations", "{\"id\":\"" + id(export) + "\"}").expectProblem(409, "conversation-in-bin");
        Reply other = post(IMPORT + "?onConflict=new-id", export).expect(201);
        get(other.header("Location").replace("/api/v1", "")).expect(200);
        assertThat(post(IMPORT + "?onConflict=new-id", export).expect(200).text("id")).isEqualTo(other.text("id"));
        post(path + "/restore", "").expect(200);
    }

    @Test
    void a_message_marked_incomplete_keeps_its_mark_through_import_and_export() {
        String path = conversation("{\"messages\":[{\"role\":\"assistant\",\"text\":\"Half of\"}]}");
        String export = get(path + "/export").body().replace("\"incomplete\":null", "\"incomplete\":\"cancelled\"");
        delete(path).expect(204);
        delete(path + "?purge=true").expect(204);

        post(IMPORT, export).expect(201);

        assertThat(get(path + "/export").body()).isEqualTo(export).contains("\"incomplete\":\"cancelled\"");
        assertThat(get(path + "/messages").json().at("/items/0/incomplete").stringValue()).isEqualTo("cancelled");
        post(IMPORT, export).expect(200);
        post(IMPORT, export.replace("cancelled", "length")).expectProblem(409, "conversation-id-reused");
    }

    @Test
    void an_import_past_the_limit_is_413() {
        String large = "{\"format\":\"" + "x".repeat((int) TestServer.MAX_IMPORT_BYTES) + "\"}";

        post(IMPORT, large).expectProblem(413, "content-too-large");
        call("POST", IMPORT, BodyPublishers.ofInputStream(
                () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))), "Content-Type", JSON)
                .expectProblem(413, "content-too-large");
    }
}
