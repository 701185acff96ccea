package dev.confab.adapter.chatexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.chatexport.ChatExportRejected;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Archives that somebody made to do harm, or that are damaged. */
class ArchivesTest {
    private static final String CHAT = "13/12/19, 10:00 - Ann: a\n";

    @Test
    void a_name_that_leads_elsewhere_is_only_a_name() {
        for (String name : new String[]{"../../etc/chat.txt", "/etc/chat.txt", "a/b/chat.txt"}) {
            assertThat(Export.inUtc(Bytes.zip("chat.zip", Map.of(name, CHAT))).only().place()).isEqualTo(name);
        }
    }

    @Test
    void entries_that_no_chat_is_read_from_are_named() {
        var entries = new LinkedHashMap<>(Map.of("chat.txt", CHAT));
        IntStream.range(0, 52).forEach(i -> entries.put("IMG-" + (100 + i) + ".jpg", "picture"));

        Export export = Export.inUtc(Bytes.zip("chat.zip", entries));

        assertThat(export.notes).filteredOn(note -> note.startsWith("entries")).singleElement().asString()
                .startsWith("entries of the archive that were not read: IMG-100.jpg, IMG-101.jpg, ")
                .endsWith(", IMG-149.jpg and 2 others");
    }

    @Test
    void an_entry_that_grows_a_thousandfold_is_refused() {
        String bomb = CHAT + ("x".repeat(1_000_000) + "\n").repeat(64);

        Export export = Export.inUtc(Bytes.zip("chat.zip", Map.of("chat.txt", bomb)));

        assertThat(export.chats).isEmpty();
        assertThat(export.refused).singleElement().satisfies(
                refusal -> assertThat(refusal.reason()).contains("more than 1000 times"));
    }

    @Test
    void more_entries_than_an_export_has_are_rejected() {
        Map<String, String> entries = IntStream.range(0, 150).boxed()
                .collect(Collectors.toMap(i -> i + "x".repeat(60_000),
                        _ -> "", (one, _) -> one, LinkedHashMap::new));

        assertThatThrownBy(() -> Export.of(Bytes.zip("many.zip", entries))).isInstanceOf(ChatExportRejected.class)
                .hasMessageContaining("entries");
    }

    @Test
    void an_archive_that_ends_early_is_rejected() {
        Bytes whole = Bytes.zip("chat.zip", Map.of("chat.txt", CHAT));

        for (int length = 4; length < whole.bytes().length - 1; length++) {
            Bytes cut = new Bytes("chat.zip", Arrays.copyOf(whole.bytes(), length));
            assertThatThrownBy(() -> Export.of(cut)).isInstanceOf(ChatExportRejected.class);
        }
    }

    @Test
    void an_archive_without_a_chat_is_rejected() {
        assertThatThrownBy(() -> Export.of(Bytes.zip("empty.zip", Map.of()))).isInstanceOf(ChatExportRejected.class);
        assertThatThrownBy(() -> Export.of(Bytes.zip("other.zip", Map.of("a.json", "{}", "b.txt", "hi"))))
                .isInstanceOf(ChatExportRejected.class);
    }
}
