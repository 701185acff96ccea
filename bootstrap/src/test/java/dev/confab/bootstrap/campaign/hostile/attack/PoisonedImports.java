package dev.confab.bootstrap.campaign.hostile.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Exports that no server wrote, with values that would make a conversation unreadable or undeletable. */
public record PoisonedImports(Api api) implements Attack {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> INVALID = Set.of("400 invalid-request", "503 overloaded");
    private static final String FIRST_YEAR = "0001-01-01T00:00:00.000Z";
    private static final String BEFORE_GREGORY = "1500-03-01T12:00:00.000Z";

    @Override
    public void once(Report report) throws IOException {
        refused(report, "import with version 2^63-1",
                document -> head(document).put("version", Long.MAX_VALUE));
        refused(report, "import with version 2^53", document -> head(document).put("version", 1L << 53));
        refused(report, "import created in 2099",
                document -> head(document).put("createdAt", "2099-01-01T00:00:00.000Z"));
        refused(report, "import updated in 2099",
                document -> head(document).put("updatedAt", "2099-01-01T00:00:00.000Z"));
        refused(report, "import with a message of 2099",
                document -> message(document).put("createdAt", "2099-01-01T00:00:00.000Z"));
        refused(report, "import of a fork of itself", document -> head(document).putObject("forkedFrom")
                .put("conversationId", head(document).get("id").asString())
                .put("messageId", message(document).get("id").asString()));
        refused(report, "import with a gap in its positions", document -> message(document).put("position", 2));
        refused(report, "import without its end", document -> document.remove("end"));
        ofTheFirstYear(report);
    }

    private void refused(Report report, String name, Consumer<ObjectNode> poison) throws IOException {
        ObjectNode document = document();
        poison.accept(document);
        report.answered(name, send(name, document, INVALID));
        assertThat(Repeated.get(api, path(document)).status()).as(name).isEqualTo(404);
    }

    /** Accepted, and returned as it was sent; then nothing can be imported over it while it is in the bin. */
    private void ofTheFirstYear(Report report) throws IOException {
        String name = "import of the years 1 and 1500";
        ObjectNode document = document();
        head(document).put("createdAt", FIRST_YEAR).put("updatedAt", BEFORE_GREGORY);
        message(document).put("createdAt", BEFORE_GREGORY);
        String answer = send(name, document, Set.of("201", "503 overloaded", "503 lock-timeout",
                "503 storage-unavailable", "503 outcome-unknown"));
        report.answered(name, answer);
        if (answer.equals("201")) {
            JsonNode stored = Repeated.get(api, path(document) + "/export").body();
            assertThat(stored).as(name).isEqualTo(JSON.readTree(JSON.writeValueAsString(document)));
            Repeated.delete(api, path(document));
            String over = "import over the bin";
            report.answered(over, send(over, document, Set.of("409 conversation-in-bin", "503 overloaded",
                    "503 lock-timeout", "503 storage-unavailable")));
        }
        Repeated.remove(api, path(document));
    }

    private String send(String name, JsonNode document, Set<String> answers) throws IOException {
        var answer = api.send("POST", "/conversations/import", Optional.of(document));
        String label = Repeated.label(answer);
        assertThat(label).as("%s: %s", name, answer).isIn(answers);
        return label;
    }

    private static ObjectNode document() {
        ObjectNode document = JSON.createObjectNode().put("format", "confab-conversation").put("formatVersion", 1);
        document.putObject("conversation").put("id", UUID.randomUUID().toString()).put("title", "poison")
                .put("version", 2).put("messageCount", 1).<ObjectNode>set("metadata", JSON.createObjectNode())
                .put("pinned", false).put("archived", false).<ObjectNode>set("labels", JSON.createArrayNode())
                .put("createdAt", "2020-01-01T00:00:00.000Z").put("updatedAt", "2020-01-01T00:00:00.000Z")
                .putNull("deletedAt").putNull("forkedFrom");
        document.putArray("messages").addObject().put("id", UUID.randomUUID().toString()).put("position", 1)
                .put("role", "user").putNull("author").put("text", "poison").putNull("data")
                .<ObjectNode>set("metadata", JSON.createObjectNode())
                .put("createdAt", "2020-01-01T00:00:00.000Z").putNull("editedAt").putNull("removedAt")
                .putNull("incomplete")
                .put("version", 2);
        document.putObject("end").put("messages", 1);
        return document;
    }

    private static ObjectNode head(ObjectNode document) {
        return (ObjectNode) document.get("conversation");
    }

    private static ObjectNode message(ObjectNode document) {
        return (ObjectNode) document.get("messages").get(0);
    }

    private static String path(ObjectNode document) {
        return "/conversations/" + head(document).get("id").asString();
    }
}
