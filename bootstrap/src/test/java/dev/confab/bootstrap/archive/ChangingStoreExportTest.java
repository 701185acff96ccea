package dev.confab.bootstrap.archive;

import static dev.confab.bootstrap.archive.Archiving.SILENT;
import static dev.confab.bootstrap.archive.Archiving.into;
import static dev.confab.bootstrap.archive.Archiving.retrying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.file.archive.GzipArchiveFormat;
import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Imported;
import dev.confab.application.Archives.Selection;
import dev.confab.application.archive.ArchiveService;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.query.StoredWindow;
import dev.confab.domain.query.Window;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Exports of a store that changes or is damaged meanwhile. */
class ChangingStoreExportTest {
    private final ReferenceStore source = new ReferenceStore();
    private final ReferenceStore target = new ReferenceStore();

    @Test
    void a_conversation_that_is_changed_while_it_is_read_is_exported_as_of_one_moment() {
        ConversationId id = Samples.newConversationId();
        source.transact(id, tx -> {
            tx.record(Samples.started(id));
            for (int i = 0; i < 990; i++) {
                tx.record(tx.conversation().append(Samples.draft("generation 0"), Samples.now()));
            }
            return true;
        });
        source.transact(id, tx -> {
            for (int i = 0; i < 500; i++) {
                tx.record(tx.conversation().append(Samples.draft("generation 0"), Samples.now()));
            }
            return true;
        });
        var reads = new int[1];
        StoredConversations changing = new Reading(source.stored()) {
            @Override
            public Optional<StoredWindow> read(ConversationId read, Window window) {
                Optional<StoredWindow> found = super.read(read, window);
                if (reads[0]++ < 3) {
                    // Behind the reader's back: a message of the second window changes.
                    source.transact(read, tx -> {
                        tx.conversation().edit(tx.messageAt(1_200).orElseThrow(), "generation " + reads[0],
                                Optional.empty(), Metadata.EMPTY, Samples.now()).ifPresent(tx::record);
                        return true;
                    });
                }
                return found;
            }
        };
        var out = new ByteArrayOutputStream();
        Exported written = new ArchiveService(retrying(source), changing, new GzipArchiveFormat(), "reference",
                Samples::now).export(Selection.ALL, out::write, SILENT);

        assertThat(reads[0]).as("attempts of two windows").isEqualTo(6);
        assertThat(written.conversations()).isOne();
        assertThat(into(target).importAll(Bytes.of(out.toByteArray()), SILENT).isComplete()).isTrue();
        Same.expect(source.stored(), target.stored());
    }

    @Test
    void a_damaged_conversation_is_named_in_the_export_and_in_the_import() {
        new Population(source, 10).add(16);
        Set<ConversationId> damaged = new HashSet<>(Same.ids(source.stored()).subList(3, 5));
        StoredConversations partly = new Reading(source.stored()) {
            @Override
            public Optional<StoredWindow> read(ConversationId id, Window window) {
                if (damaged.contains(id)) {
                    throw new ConversationDamaged(id);
                }
                return super.read(id, window);
            }
        };
        var out = new ByteArrayOutputStream();
        Exported written = new ArchiveService(retrying(source), partly, new GzipArchiveFormat(), "reference",
                Samples::now).export(Selection.ALL, out::write, SILENT);

        assertThat(written.isComplete()).isFalse();
        assertThat(written.missingCount()).isEqualTo(2);
        Imported done = into(target).importAll(Bytes.of(out.toByteArray()), SILENT);
        assertThat(done.missing().first()).containsExactlyInAnyOrderElementsOf(damaged);
        assertThat(done.imported()).isEqualTo(14);
        assertThat(done.isComplete()).isFalse();
    }

    /** Passes calls on. */
    private static class Reading implements StoredConversations {
        private final StoredConversations stored;

        Reading(StoredConversations stored) {
            this.stored = stored;
        }

        @Override
        public List<ConversationId> ids(Optional<OwnerId> owner, Optional<ConversationId> after, int limit) {
            return stored.ids(owner, after, limit);
        }

        @Override
        public Optional<StoredWindow> read(ConversationId id, Window window) {
            return stored.read(id, window);
        }
    }
}
