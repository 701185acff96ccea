package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each line of {@code search-cases.tsv} through the HTTP API: a text, a query, and whether it finds the text. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SearchCasesContract {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, String> messageIds = new HashMap<>();
    private RunningConfab confab;

    /** A line of the file. */
    record Case(String text, String query, String expected, String why) {
        static Case of(String line) {
            String[] columns = line.split("\t", -1);
            return new Case(columns[0], columns[1], columns[2], columns[3]);
        }
    }

    abstract RunningConfab start(Path directory);

    static List<Case> cases() throws IOException {
        try (var file = Objects.requireNonNull(SearchCasesContract.class.getResourceAsStream("/search-cases.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(Case::of).toList();
        }
    }

    @BeforeAll
    void store(@TempDir Path directory) throws Exception {
        confab = start(directory);
        String conversation = new ConversationId(UUID.randomUUID()).toString();
        assertThat(confab.post("/api/v1/conversations", JSON.writeValueAsString(Map.of("id", conversation)))
                .statusCode()).isEqualTo(201);
        for (String text : cases().stream().map(Case::text).distinct().toList()) {
            String id = new MessageId(UUID.randomUUID()).toString();
            messageIds.put(text, id);
            var response = confab.post("/api/v1/conversations/" + conversation + "/messages",
                    JSON.writeValueAsString(Map.of("id", id, "role", "user", "text", text)));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        }
    }

    @AfterAll
    void end() {
        confab.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_query_finds_the_text_or_not(Case row) throws Exception {
        var response = confab.get("/api/v1/search?limit=100&q=" + URLEncoder.encode(row.query, StandardCharsets.UTF_8));

        JsonNode hits = JSON.readTree(response.body()).path("items");
        boolean found = hits.valueStream()
                .anyMatch(hit -> hit.path("messageId").asString().equals(messageIds.get(row.text)));
        assertThat(found ? "hit" : "miss").as(row.why).isEqualTo(row.expected);
    }
}
