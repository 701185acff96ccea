package dev.confab.adapter.persistence.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.contract.sample.Transactions;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a removal and the next checkpoint, no file of the data directory has the text any more: the files themselves are read. */
class RemovedMessageFilesTest {
    private static final String SECRET = "zyxwsecretvut";

    @TempDir
    Path directory;
    private FileStore store;

    @BeforeEach
    void open() {
        store = FileStore.open(FileStoreSettings.of(directory), new FileStoreObserver() {
        });
    }

    @Test
    void a_checkpoint_removes_the_text_from_journal_messages_and_index() throws IOException {
        ConversationId id = begin();
        MessageDraft secret = append(id, SECRET);
        // So few deleted documents that Lucene does not merge the segment by itself.
        IntStream.range(0, 30).forEach(i -> append(id, "kept " + i));
        store.checkpoint();
        assertThat(filesWithSecret()).anyMatch(file -> file.startsWith("conversations/"))
                .anyMatch(file -> file.startsWith("index/"));

        remove(id, secret);
        store.checkpoint();

        assertThat(filesWithSecret()).isEmpty();
        store.close();
        assertThat(filesWithSecret()).isEmpty();
    }

    @Test
    void a_removal_before_a_crash_is_completed_after_the_next_start() throws IOException {
        ConversationId id = begin();
        MessageDraft secret = append(id, SECRET);
        IntStream.range(0, 30).forEach(i -> append(id, "kept " + i));
        store.checkpoint();
        remove(id, secret);
        store.abandon();
        assertThat(filesWithSecret()).anyMatch(file -> file.startsWith("index/"));

        open();
        store.close();

        assertThat(filesWithSecret()).isEmpty();
    }

    private ConversationId begin() {
        ConversationId id = Samples.newConversationId();
        store.transact(id, Transactions.begin(Samples.started(id)));
        return id;
    }

    private MessageDraft append(ConversationId id, String text) {
        MessageDraft draft = Samples.draft(text);
        store.transact(id, Transactions.append(draft, Samples.now()));
        return draft;
    }

    private void remove(ConversationId id, MessageDraft draft) {
        Optional<?> removed = store.transact(id, tx -> {
            var event = tx.conversation().remove(tx.message(draft.id()).orElseThrow(), Samples.now());
            event.ifPresent(tx::record);
            return event;
        });
        assertThat(removed).isPresent();
    }

    private List<String> filesWithSecret() throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Latin 1 shows each byte as a character.
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (bytes.contains(SECRET)) {
                    found.add(directory.relativize(file).toString());
                }
            }
        }
        return found;
    }
}
