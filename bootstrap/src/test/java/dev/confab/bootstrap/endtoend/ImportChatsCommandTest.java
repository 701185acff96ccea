package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ImportChatsCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String WHATSAPP = "1/2/19, 10:00 - Ann: where?\n1/2/19, 10:01 - Ben: here\n";

    @TempDir
    Path files;

    @TempDir
    Path data;

    private Cli cli;

    @BeforeEach
    void onFiles() {
        cli = Cli.with("--confab.file.directory=" + data);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(files.resolve(name), content).toString();
    }

    /** An export of ChatGPT with so many conversations, each with a question and two answers, the second one shown. */
    static String chatGpt(int conversations) {
        return IntStream.range(0, conversations).mapToObj(i -> """
                {"conversation_id":"c%d","title":"Chat %d","create_time":1700000000,"current_node":"b2","mapping":{
                "a":{"message":{"author":{"role":"user"},"create_time":1700000001,"content":{"parts":["question %d"]}}},
                "b1":{"parent":"a","message":{"author":{"role":"assistant"},"content":{"parts":["first"]}}},
                "b2":{"parent":"a","message":{"author":{"role":"assistant"},"content":{"parts":["second"]}}}}}"""
                .formatted(i, i, i)).collect(Collectors.joining(",", "[", "]"));
    }

    private static JsonNode last(String out) {
        return JSON.readTree(out.strip().lines().toList().getLast());
    }

    @Test
    void chats_are_stored_once_and_can_be_read() throws IOException {
        String export = file("conversations.json", chatGpt(3));

        var first = cli.run("import-chats", export);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("chatgpt: imported 6 conversations and 9 messages");

        var again = cli.run("import-chats", export, "--json");
        assertThat(again.status()).isZero();
        assertThat(last(again.out()).get("conversations").toString()).isEqualTo("{\"present\":6}");
        assertThat(last(again.out()).get("messages").toString()).isEqualTo("{\"present\":9}");
        assertThat(again.out().lines().map(JSON::readTree).filter(line -> line.has("forkedFrom"))).hasSize(3);

        assertThat(cli.run("list").out().lines().filter(line -> line.contains("Chat "))).hasSize(6);
        assertThat(cli.run("search", "question").out()).contains("question");
    }

    @Test
    void an_import_that_ended_early_is_completed_by_the_next_one() throws IOException {
        String whole = chatGpt(10);
        String cut = file("conversations.json", whole.substring(0, whole.length() / 2));

        var first = cli.run("import-chats", cut);
        assertThat(first.status()).isOne();
        assertThat(first.out()).contains("refused: conversations.json:", "is not valid JSON from here on");

        var second = cli.run("import-chats", file("conversations.json", whole), "--json");
        assertThat(second.status()).isZero();
        assertThat(last(second.out()).get("conversations").get("present").intValue()
                + last(second.out()).get("conversations").get("imported").intValue()).isEqualTo(20);
        assertThat(last(second.out()).get("conversations").get("imported").intValue()).isPositive();
    }

    @Test
    void what_the_file_leaves_open_is_asked_for_by_the_name_of_the_option() throws IOException {
        String chat = file("WhatsApp Chat with Ben.txt", WHATSAPP);

        var order = cli.run("import-chats", chat, "--zone=Europe/Berlin");
        assertThat(order.status()).isOne();
        assertThat(order.err()).contains("--date-order");
        var zone = cli.run("import-chats", chat, "--date-order=dmy");
        assertThat(zone.status()).isOne();
        assertThat(zone.err()).contains("--zone");

        var both = cli.run("import-chats", chat, "--date-order=dmy", "--zone=Europe/Berlin");
        assertThat(both.status()).as(both.err()).isZero();
        assertThat(cli.run("list").out()).contains("2  Ben");
        assertThat(cli.run("import-chats", chat, "--date-order=later").status()).isEqualTo(64);
        assertThat(cli.run("import-chats", chat, "--zone=Nowhere").status()).isEqualTo(64);
    }

    @Test
    void a_trial_stores_nothing() throws IOException {
        var trial = cli.run("import-chats", file("conversations.json", chatGpt(2)), "--dry-run");

        assertThat(trial.status()).isZero();
        assertThat(trial.out()).contains("would import 4 conversations and 6 messages");
        assertThat(cli.run("list").err()).contains("No conversations.");
    }

    @Test
    void a_file_of_no_format_does_not_keep_the_others_out() throws IOException {
        String other = file("notes.txt", "Dear diary");

        var result = cli.run("import-chats", other, file("conversations.json", chatGpt(1)));

        assertThat(result.status()).isOne();
        assertThat(result.err()).contains("notes.txt was not imported", "whatsapp (", "chatgpt (");
        assertThat(result.out()).contains("imported 2 conversations");
        assertThat(cli.run("import-chats", files.resolve("missing").toString()).status()).isEqualTo(74);
        assertThat(cli.run("import-chats").status()).isEqualTo(64);
    }

    @Test
    void of_several_owners_one_must_be_named() throws IOException {
        Cli many = Cli.with("--confab.file.directory=" + data, "--confab.security=api-keys");
        String export = file("conversations.json", chatGpt(1));

        assertThat(many.run("import-chats", export).status()).isEqualTo(64);
        assertThat(many.run("import-chats", export, "--owner=ann").status()).isZero();
        assertThat(many.run("list", "--owner=ann").out()).contains("Chat 0");
    }
}
