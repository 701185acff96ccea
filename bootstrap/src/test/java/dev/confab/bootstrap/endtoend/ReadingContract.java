package dev.confab.bootstrap.endtoend;

import static dev.confab.bootstrap.endtoend.ReadingData.LONG;
import static dev.confab.bootstrap.endtoend.ReadingData.SHORT_ONES;
import static dev.confab.domain.access.Scope.ON_BEHALF;
import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.application.ApiKeys;
import dev.confab.bootstrap.endtoend.Cli.Result;
import dev.confab.bootstrap.endtoend.ReadingData.Answers;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The commands {@code list}, {@code search} and {@code show} over the same conversations. What they print as JSON is what the HTTP API
 * answers. A subclass says where the conversations are.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReadingContract {
    /** What a terminal would obey. */
    private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private Path directory = Path.of("");
    private RunningConfab confab;
    private ReadingData api;
    private Answers data;
    private Cli cli;

    /** Starts Confab on an empty store, with these settings besides. */
    abstract RunningConfab start(Path directory, String... settings) throws Exception;

    /** Runs commands on the conversations of the server. */
    abstract Cli commands(RunningConfab filled, Path directory, String tokenFile);

    @BeforeAll
    void begin(@TempDir Path empty) throws Exception {
        directory = empty;
        confab = start(directory, "--confab.security=api-keys");
        String token = token(READ, WRITE, ON_BEHALF);
        api = new ReadingData(confab, token);
        data = api.fill();
        cli = commands(confab, directory, tokenFile(token));
    }

    @AfterAll
    void end() {
        confab.close();
    }

    @Test
    void a_listing_has_the_last_changed_conversation_first() {
        Result text = run("list", "--all");
        assertThat(text.err()).isEmpty();
        assertThat(text.out().lines()).hasSize(data.listed().size());
        assertThat(ids(text)).isEqualTo(ids(data.listed()));
        assertThat(text.out().lines().filter(line -> line.startsWith(data.longOne()))).singleElement().asString()
                .matches(data.longOne() + "  \\d{4}-.*Z    10001  Long");
        assertThat(jsonLines(run("list", "--all", "--json"))).isEqualTo(data.listed());
        assertThat(jsonLines(run("list", "--bin", "--json"))).isEqualTo(data.bin()).hasSize(1);
        assertThat(run("list", "--bin").out()).contains("Deleted");
        assertThat(text.out()).contains("  (no title)");
    }

    @Test
    void a_listing_continues_at_the_cursor_of_the_part_before() {
        var read = new ArrayList<String>();
        Result part = run("list", "--limit=9");
        read.addAll(ids(part));
        while (part.err().contains("--cursor=")) {
            assertThat(part.out().lines()).hasSize(9);
            part = run("list", "--limit=9", part.err().strip().replaceFirst(".*(?=--cursor=)", ""));
            read.addAll(ids(part));
        }

        assertThat(read).isEqualTo(ids(data.listed()));
        assertThat(run("list").out().lines()).hasSize(20);
        Result wrong = run(64, "list", "--cursor=x");
        assertThat(wrong.err()).contains("cursor");
        assertThat(run("search", "straw", "--limit=9").err()).contains("--cursor=");
    }

    @Test
    void an_owner_without_conversations_has_an_empty_listing() {
        Result none = cli.run("list", "--owner=nobody");
        assertThat(none).isEqualTo(new Result(0, "", "No conversations." + System.lineSeparator()));
        assertThat(cli.run("list", "--owner=nobody", "--json")).isEqualTo(new Result(0, "", ""));
        assertThat(cli.run("list", "--owner=nobody", "--bin").err()).contains("in the bin");
        assertThat(cli.run("search", "--owner=nobody", "straw").err()).contains("Nothing was found");
    }

    @Test
    void a_search_finds_what_the_api_finds() {
        assertThat(jsonLines(run("search", "needle", "--json"))).isEqualTo(data.needles()).hasSize(2);
        assertThat(jsonLines(run("search", "--prefix", "stra", "--all", "--json"))).isEqualTo(data.straws())
                .hasSize(SHORT_ONES - 1);
        Result text = run("search", "HAY", "straw", "--limit=1");
        assertThat(text.out().lines().toList()).satisfiesExactly(
                place -> assertThat(place).matches("[-0-9a-f]{36}  #1  user  .*Z  No\\. \\d+")
                        .endsWith(data.straws().getFirst().get("title").stringValue()),
                snippet -> assertThat(snippet).isEqualTo("    Straw and hay"));
        assertThat(run("search", "straw", "--all").out()).containsOnlyOnce("  (and 1 more)");
        assertThat(run("search", "long").out()).contains("  title  ");
        assertThat(run("search", "needle", "--conversation=" + data.longOne()).err()).contains("Nothing was found");
        assertThat(run(64, "search", "...").err()).contains("no word to search for");
    }

    @Test
    void a_search_is_narrowed_as_by_the_api() {
        assertThat(jsonLines(run("search", "oyster", "--json"))).hasSize(3);
        assertThat(positions(run("search", "oyster", "--json", "--role=assistant"))).containsExactly(2);
        assertThat(positions(run("search", "oyster", "--json", "--author=Ann Lee"))).containsExactly(1);
        assertThat(positions(run("search", "oyster", "--json", "--author=ann lee"))).isEmpty();
        assertThat(positions(run("search", "oyster", "--json", "--label=a, b", "--label=c"))).hasSize(3);
        assertThat(positions(run("search", "oyster", "--json", "--label=a"))).isEmpty();
        assertThat(positions(run("search", "oyster", "--json", "--to=2020-01-31T09:30:00.001Z"))).containsExactly(2);
        assertThat(positions(run("search", "oyster", "--json", "--from=2020-01-31T09:30:00.001Z", "--role=assistant")))
                .isEmpty();
        for (String wrong : List.of("--role=USER", "--from=yesterday", "--author=", "--label=",
                "--from=0000-01-01T00:00:00Z")) {
            assertThat(run(64, "search", "oyster", wrong).err()).contains("must");
        }
        assertThat(run(64, "search", "oyster", "--from=2021-01-01T00:00:00Z", "--to=2020-01-01T00:00:00Z").err())
                .contains("must be before to");
    }

    @Test
    void a_conversation_is_printed_page_by_page_in_order() {
        List<JsonNode> lines = jsonLines(run("show", data.longOne(), "--json"));
        assertThat(lines).hasSize(LONG + 1);
        assertThat(lines.getFirst().get("messageCount").intValue()).isEqualTo(LONG);
        assertThat(lines.stream().skip(1).map(line -> line.get("text").stringValue()).toList())
                .isEqualTo(IntStream.rangeClosed(1, LONG).mapToObj(n -> "message " + n).toList());
        assertThat(positions("--last=3")).containsExactly(9_999, 10_000, 10_001);
        assertThat(positions("--from=999", "--to=1001")).containsExactly(999, 1_000, 1_001);
        assertThat(positions("--from=10001")).containsExactly(10_001);
        assertThat(positions("--to=2")).containsExactly(1, 2);
        assertThat(positions("--from=10002")).isEmpty();
        assertThat(positions("--last=20000")).hasSize(LONG);
    }

    @Test
    void a_conversation_is_readable() {
        JsonNode head = data.listed().stream().filter(one -> one.get("title").asString().equals("No. 7")).findFirst()
                .orElseThrow();
        String id = head.get("id").stringValue();

        Result text = run("show", id);

        assertThat(text.out().lines().toList())
                .startsWith("No. 7", "id        " + id, "version   2", "messages  1",
                        "created   " + head.get("createdAt").stringValue(),
                        "changed   " + head.get("updatedAt").stringValue(), "")
                .endsWith("    Straw and hay").hasSize(9);
        assertThat(text.out()).contains("#1  user  ");
        assertThat(text.err()).isEmpty();
    }

    @Test
    void what_others_wrote_does_not_command_the_terminal() {
        String hostile = data.hostile().get("id").stringValue();
        for (String[] words : List.of(new String[]{"list", "--all"}, new String[]{"search", "needle"},
                new String[]{"show", hostile}, new String[]{"list", "--all", "--json"},
                new String[]{"search", "needle", "--json"}, new String[]{"show", hostile, "--json"})) {
            Result result = run(words);
            assertThat(result.out().replace(System.lineSeparator(), "")).as(String.join(" ", words))
                    .contains("needle").doesNotContainPattern(OBEYED);
        }
        assertThat(run("show", hostile).out().lines()).filteredOn(line -> line.startsWith("#")).hasSize(1);
        List<JsonNode> lines = jsonLines(run("show", hostile, "--json"));
        assertThat(lines.getFirst()).isEqualTo(data.hostile());
        assertThat(lines.subList(1, lines.size())).isEqualTo(data.hostileMessages()).hasSize(1);
        assertThat(run("show", hostile, "--json").out()).contains("\"data\":{\"n\":1.10,");
    }

    @ParameterizedTest
    @CsvSource({"019c0f2e-7a00-7000-8000-000000000001, ann", "long, nobody", "deleted, ann"})
    void a_conversation_that_the_owner_does_not_have_is_not_there(String which, String owner) {
        String id = switch (which) {
            case "long" -> data.longOne();
            case "deleted" -> data.bin().getFirst().get("id").stringValue();
            default -> which;
        };

        Result result = cli.run("show", id, "--owner=" + owner);

        assertThat(result.status()).isEqualTo(66);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("conversation " + id + " not found").doesNotContain("\tat ");
    }

    Cli cli() {
        return cli;
    }

    RunningConfab confab() {
        return confab;
    }

    ReadingData api() {
        return api;
    }

    String longOne() {
        return data.longOne();
    }

    /** The option with a token of ann. */
    String tokenOf(Scope... scopes) throws IOException {
        return tokenFile(token(scopes));
    }

    private String token(Scope... scopes) {
        return confab.bean(ApiKeys.class)
                .issue(new OwnerId("ann"), "test", Set.of(scopes), Optional.empty()).token().text();
    }

    private String tokenFile(String text) throws IOException {
        return "--token-file=" + Files.writeString(Files.createTempFile(directory, "a", ".token"), text);
    }

    private Result run(String... words) {
        return run(0, words);
    }

    private Result run(int status, String... words) {
        Result result = cli.run(Stream.concat(Stream.of(words), Stream.of("--owner=ann")).toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isEqualTo(status);
        return result;
    }

    private List<Integer> positions(String... range) {
        return jsonLines(run(Stream.concat(Stream.of("show", data.longOne(), "--json"), Stream.of(range))
                .toArray(String[]::new))).stream().skip(1).map(line -> line.get("position").intValue()).toList();
    }

    /** Of hits; 0 for a title. */
    private static List<Integer> positions(Result hits) {
        return jsonLines(hits).stream().map(hit -> hit.path("position").asInt(0)).toList();
    }

    private static List<JsonNode> jsonLines(Result result) {
        return result.out().lines().map(ReadingData::json).toList();
    }

    private static List<String> ids(List<JsonNode> conversations) {
        return conversations.stream().map(one -> one.get("id").stringValue()).toList();
    }

    private static List<String> ids(Result result) {
        return result.out().lines().map(line -> line.substring(0, 36)).toList();
    }
}
