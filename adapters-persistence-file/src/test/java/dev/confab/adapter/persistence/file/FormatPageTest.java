package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.SimulatedDisk;
import dev.confab.adapter.persistence.file.json.StoredApiKeyJson;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.ConversationEventJson;
import dev.confab.adapter.persistence.file.json.SessionEventJson;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.query.Usage;
import dev.confab.domain.session.SessionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The examples of {@code docs/file-format.md} are what the store reads and writes. */
class FormatPageTest {
    private static final Layout LAYOUT = new Layout(Life.SETTINGS.directory());
    private static final Pattern EXAMPLE = Pattern.compile("```(?:json|text) (\\S+)\n(.*?)```", Pattern.DOTALL);
    private static final ConversationId ID = ConversationId.parse("019c0f2e-7a00-7000-8000-000000000001");

    private final Map<String, String> examples = examples();

    private static Map<String, String> examples() {
        try {
            Path here = Path.of("docs/file-format.md");
            String page = Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
            var found = new TreeMap<String, String>();
            EXAMPLE.matcher(page).results().forEach(match -> found.put(match.group(1), match.group(2)));
            return found;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_directory_with_the_files_of_the_page_opens() throws IOException {
        var disk = new SimulatedDisk(1);
        open(disk).abandon();
        disk.delete(LAYOUT.segment(1));
        for (var example : examples.entrySet()) {
            if (example.getKey().contains("/")
                    || Set.of("format", "highwater", "keys.json").contains(example.getKey())) {
                disk.overwrite(LAYOUT.root().resolve(example.getKey()),
                        example.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }

        FileStore store = open(disk);

        assertThat(store.health().damaged()).isEmpty();
        Snapshot snapshot = Snapshot.of(store, ID);
        assertThat(snapshot.head().flatMap(Conversation::title)).contains(new Title("Plans"));
        assertThat(snapshot.messages()).extracting(Message::text).containsExactly("Hello", "Hi! What can I do?",
                "Tell me a joke");
        assertThat(store.usages().usage(new OwnerId("alice"))).isEqualTo(
                new Usage(1, 3, snapshot.messages().stream().mapToLong(Message::weight).sum()));
        assertThat(store.keys().list(Optional.empty(), Optional.empty(), 10)).extracting(ApiKey::name)
                .containsExactly("Chat backend", "Laptop");
        store.close();
    }

    @Test
    void in_a_head_without_a_weight_the_length_of_the_file_is_used() throws IOException {
        var disk = new SimulatedDisk(1);
        open(disk).abandon();
        String head = examples.get("conversations/" + ID + ".json");
        String earlier = head.substring(head.indexOf(',') + 1, head.lastIndexOf(']')).replace(",\"weight\":560", "");
        assertThat(earlier).doesNotContain("weight");
        disk.overwrite(LAYOUT.head(ID), ChecksummedLine.of(earlier.getBytes(StandardCharsets.UTF_8)));
        disk.overwrite(LAYOUT.messages(ID, 1),
                examples.get("conversations/" + ID + ".1.jsonl").getBytes(StandardCharsets.UTF_8));

        FileStore store = open(disk);

        assertThat(store.usages().usage(new OwnerId("alice"))).isEqualTo(new Usage(1, 2, 532));
        store.transact(ID, tx -> {
            tx.record(tx.conversation().truncateAfter(tx.messageAt(1).orElseThrow(), tx.conversation().updatedAt())
                    .orElseThrow());
            return true;
        });
        store.checkpoint();
        assertThat(store.usages().usage(new OwnerId("alice"))).isEqualTo(new Usage(1, 1, 261));
        store.close();
    }

    @Test
    void lines_are_written_as_on_the_page() {
        String head = examples.get("conversations/" + ID + ".json");
        var conversation = StoredJson.conversation(json(head).required("conversation"));
        assertThat(head).contains("\"conversation\":" + text(out -> StoredJson.write(out, conversation)));
        examples.get("conversations/" + ID + ".1.jsonl").lines().forEach(line -> {
            Message message = StoredJson.message(json(line + "\n"));
            assertThat(line).contains(text(out -> StoredJson.write(out, message)));
        });
        assertThat(json(examples.get("tombstone")).required("purged").stringValue()).isNotEmpty();
    }

    @Test
    void api_keys_are_written_as_on_the_page() {
        String line = examples.get("keys.json");
        json(line).required("keys").valueStream().map(StoredApiKeyJson::read)
                .forEach(key -> assertThat(line).contains(text(out -> StoredApiKeyJson.write(out, key))));
    }

    @Test
    void every_kind_of_event_is_on_the_page_as_it_is_written() {
        var kinds = new HashSet<Class<?>>();
        examples.get("events").lines().forEach(line -> {
            JsonNode json = StoredJson.MAPPER.readTree(line);
            String kind = json.required("event").stringValue();
            if (kind.startsWith("session-") || kind.startsWith("turn-")) {
                SessionEvent event = SessionEventJson.read(ID, json);
                kinds.add(event.getClass());
                assertThat(text(out -> SessionEventJson.write(out, event))).isEqualTo(line);
            } else {
                ConversationEvent event = ConversationEventJson.read(ID, json);
                kinds.add(event.getClass());
                assertThat(text(out -> ConversationEventJson.write(out, event))).isEqualTo(line);
            }
        });

        var all = new HashSet<Class<?>>();
        for (Class<?> sealed : Set.of(ConversationEvent.class, SessionEvent.class)) {
            leaves(sealed).forEach(all::add);
        }
        assertThat(kinds).isEqualTo(all);
    }

    private static Stream<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(FormatPageTest::leaves)
                : Stream.of(type);
    }

    /** Of one line, whose checksum must match. */
    private static JsonNode json(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return StoredJson.line(bytes, 0, bytes.length - 1).orElseThrow();
    }

    private static String text(Consumer<JsonGenerator> writer) {
        return new String(StoredJson.bytes(writer), StandardCharsets.UTF_8);
    }

    private static FileStore open(SimulatedDisk disk) {
        return FileStore.open(Life.SETTINGS, new FileStoreObserver() {
        }, disk);
    }
}
