package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.port.StorageUnavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Conversations as documents. */
class DocumentsTest extends WebTest {
    private String trip() {
        return conversation(
                """
                        {"title":"Trip: <sea> & more","messages":[\
                        {"role":"user","author":"Ann <3","text":"To the *sea*<script>alert(1)</script>","createdAt":"2026-01-30T08:00:00.000Z"},\
                        {"role":"assistant","text":"","data":{"toolCalls":[{"id":"1","name":"ferry","arguments":"{}"}]}},\
                        {"role":"tool","text":"``` <b>9:00</b>","data":{"toolResult":{"callId":"1","name":"ferry"}}},\
                        {"role":"assistant","text":"At [nine](https://ferry.example) ![x](https://spy.example/x.png)"}]}""");
    }

    @Test
    void markdown_has_the_texts_as_they_were_written_with_authors_times_and_data() {
        Reply reply = get(trip() + "/document").expect(200);

        assertThat(reply.header("Content-Type")).isEqualTo("text/markdown;charset=UTF-8");
        assertThat(reply.header("Content-Disposition")).startsWith("attachment").contains("Trip", ".md");
        assertThat(reply.body()).startsWith("""
                # Trip: <sea> & more

                ## Ann <3 · 2026-01-30T08:00:00.000Z

                To the *sea*<script>alert(1)</script>

                ## Assistant · """).contains("```json\n{\"toolCalls\":[{\"id\":\"1\",\"name\":\"ferry\"",
                "````\n``` <b>9:00</b>\n````\n").endsWith("![x](https://spy.example/x.png)\n");
    }

    @Test
    void html_needs_no_other_file_and_runs_nothing() {
        String path = trip();
        String first = get(path + "/messages").json().at("/items/3/id").stringValue();
        Reply reply = get(path + "/document?format=html").expect(200);

        assertThat(reply.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(reply.header("Content-Disposition")).startsWith("attachment").contains(".html");
        assertThat(reply.header("Content-Security-Policy")).contains("sandbox", "default-src 'none'");
        assertThat(reply.body()).startsWith("<!DOCTYPE html>").endsWith("</html>\n").contains(
                "<title>Trip: &lt;sea&gt; &amp; more</title>", "<bdi>Ann &lt;3</bdi>", "<em>sea</em>",
                "&lt;b&gt;9:00&lt;/b&gt;", "&quot;name&quot;:&quot;ferry&quot;", "https://ferry.example",
                "default-src 'none'", "Messages: 4", "@media print")
                .doesNotContain("<script", "<img", "<link", " src=", "<b>9:00");

        delete(path + "/messages/" + first).expect(204);
        assertThat(get(path + "/document?format=html").body()).contains("was removed").doesNotContain("ferry.example");
        assertThat(get(path + "/document").body()).endsWith("*This message was removed.*\n");
    }

    @Test
    void lines_of_json_end_with_the_number_of_messages() {
        Reply reply = get(trip() + "/document?format=jsonl").expect(200);

        var lines = reply.body().lines().map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.getFirst().at("/conversation/title").stringValue()).isEqualTo("Trip: <sea> & more");
        assertThat(lines.get(1).at("/message/author").stringValue()).isEqualTo("Ann <3");
        assertThat(lines.get(2).at("/message/data/toolCalls/0/name").stringValue()).isEqualTo("ferry");
        assertThat(lines.getLast().at("/end/messages").intValue()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"markdown, .md", "html, .html", "jsonl, .jsonl"})
    void all_conversations_are_in_a_zip_under_names_of_their_own(String format, String extension) throws Exception {
        String first = conversation("{\"title\":\"../a:b?c\",\"messages\":[" + draft("one") + "]}");
        String second = conversation("{\"title\":\"../a:b?c\",\"messages\":[" + draft("two") + "]}");
        var entries = new TreeMap<String, String>();
        var request = HttpRequest.newBuilder(URI.create(uri("/documents?format=" + format).toString())).build();
        var response = CLIENT.send(request, BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/zip");
        try (var zip = new ZipInputStream(new ByteArrayInputStream(response.body()), StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8)))
                        .isNull();
            }
        }

        for (String id : new String[]{first, second}) {
            String name = "a b c " + id.substring("/conversations/".length()) + extension;
            assertThat(entries.get("a b c " + id.substring("/conversations/".length()) + extension)).as(name)
                    .isEqualTo(get(id + "/document?format=" + format).body());
        }
        assertThat(entries.keySet()).noneMatch(name -> name.contains("/") || name.contains(".."));
    }

    @Test
    void a_document_or_zip_that_fails_in_the_middle_never_ends_cleanly() {
        String path = conversation("{}");
        for (int i = 0; i < 12; i++) {
            post(path + "/messages", draft("x".repeat(1_000_000))).expect(201);
        }
        store.failLaterWindows(() -> new StorageUnavailable("gone"));
        Stream.of(path + "/document", path + "/document?format=html", "/documents").forEach(
                document -> assertThatThrownBy(() -> get(document)).hasRootCauseInstanceOf(IOException.class));
        store.heal();
        delete(path).expect(204);
        delete(path + "?purge=true").expect(204);
    }

    @Test
    void only_what_is_there_is_written_in_the_formats_that_there_are() {
        String path = trip();
        get(path + "/document?format=pdf").expectProblem(400, "invalid-request");
        get("/documents?format=").expectProblem(400, "invalid-request");
        assertThat(call("HEAD", path + "/document?format=html", BodyPublishers.noBody()).expect(200).body()).isEmpty();
        call("HEAD", "/documents", BodyPublishers.noBody()).expect(200);
        delete(path).expect(204);
        get(path + "/document").expectProblem(404, "conversation-not-found");
    }
}
