package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Data that an earlier version stored, and its answers about them: this version gives the same answers. Answers may have got more
 * members since. {@code src/test/earlier/make.py} makes the data.
 */
class EarlierDataTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path EARLIER = Path.of("src/test/resources/earlier");
    private static final String[] SETTINGS = {"--confab.security=api-keys", "--confab.retention=36500d"};

    @ParameterizedTest
    @ValueSource(strings = "0.1.0")
    void a_data_directory_opens_and_serves(String version, @TempDir Path directory) throws Exception {
        copy(EARLIER.resolve(version).resolve("files"), directory.resolve("data"));

        for (int opening = 1; opening <= 2; opening++) {
            try (var confab = RunningConfab.start(directory.resolve("data"), SETTINGS)) {
                assertSameAnswers(confab, EARLIER.resolve(version).resolve("files.json"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource("0.1.0, 8")
    void a_database_opens_and_serves(String version, String migration) throws Exception {
        try (var database = TestPostgres.shared().newDatabase()) {
            fill(database, migration, Files.readString(EARLIER.resolve(version).resolve("postgresql.sql")));

            try (var confab = RunningConfab.start(database, SETTINGS)) {
                assertSameAnswers(confab, EARLIER.resolve(version).resolve("postgresql.json"));
            }
        }
    }

    private static void assertSameAnswers(RunningConfab confab, Path file) throws Exception {
        JsonNode earlier = JSON.readTree(Files.readString(file));
        for (var answer : earlier.get("answers").properties()) {
            var now = confab.call("GET", answer.getKey(), "", "Authorization",
                    "Bearer " + earlier.get("token").asString());
            JsonNode body = JSON.readTree(now.body());
            assertHolds(answer.getKey(), body, withoutCopies(answer.getValue(), body));
        }
    }

    /** A version without {@code otherConversations} found each copy of a message in a fork; now they are one hit. */
    private static JsonNode withoutCopies(JsonNode earlier, JsonNode now) {
        var items = (ArrayNode) earlier.path("items").asArrayOpt().orElseGet(JSON::createArrayNode);
        for (JsonNode hit : now.path("items")) {
            int copies = hit.path("otherConversations").asInt(0);
            for (int i = items.size() - 1; i >= 0 && copies > 0; i--) {
                boolean isCopy = items.get(i).path("messageId").equals(hit.get("messageId"))
                        && !items.get(i).path("conversationId").equals(hit.get("conversationId"));
                if (isCopy) {
                    items.remove(i);
                    copies--;
                }
            }
        }
        return earlier;
    }

    /** Every member of the earlier value is there, with the value that it had. */
    private static void assertHolds(String place, JsonNode now, JsonNode earlier) {
        if (earlier.isObject()) {
            earlier.properties().forEach(member -> {
                String inside = place + " → " + member.getKey();
                assertThat(now.has(member.getKey())).as(inside).isTrue();
                assertHolds(inside, now.get(member.getKey()), member.getValue());
            });
        } else if (earlier.isArray()) {
            assertThat(now.size()).as(place).isEqualTo(earlier.size());
            for (int i = 0; i < earlier.size(); i++) {
                assertHolds(place + " → " + i, now.get(i), earlier.get(i));
            }
        } else {
            assertThat(now).as(place).isEqualTo(earlier);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = Files.copy(file, to.resolve(from.relativize(file)));
                Files.setPosixFilePermissions(target,
                        PosixFilePermissions.fromString(Files.isDirectory(file) ? "rwx------" : "rw-------"));
            }
        }
    }

    private static void fill(Database database, String migration, String rows) throws SQLException {
        Flyway.configure().dataSource(database.url(), database.username(), database.password())
                .locations("classpath:dev/confab/adapter/persistence/jpa/migration").target(migration).load().migrate();
        try (var connection = DriverManager.getConnection(database.url(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(rows);
        }
    }
}
