package dev.confab.bootstrap.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.adapter.persistence.file.archive.GzipArchiveFormat;
import dev.confab.application.Archives.Compared;
import dev.confab.application.Archives.Progress;
import dev.confab.application.Archives.Selection;
import dev.confab.application.Archives.Side;
import dev.confab.application.archive.ArchiveService;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.port.ConversationStore;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/** Exports, imports and compares, with the service over reference stores. */
final class Archiving {
    static final Progress SILENT = _ -> {
    };

    private Archiving() {
    }

    /** The service over a store. */
    static ArchiveService into(ReferenceStore store) {
        return new ArchiveService(retrying(store), store.stored(), new GzipArchiveFormat(), "reference", Samples::now);
    }

    static RetryingConversationStore retrying(ConversationStore store) {
        return new RetryingConversationStore(store, Duration.ofSeconds(10), (_, _) -> {
        });
    }

    static byte[] export(ReferenceStore store) {
        var out = new ByteArrayOutputStream();
        assertThat(into(store).export(Selection.ALL, out::write, SILENT).isComplete()).isTrue();
        return out.toByteArray();
    }

    static Compared compare(byte[] one, byte[] other) {
        return into(new ReferenceStore()).compare(new Side.Archive(Bytes.of(one)), new Side.Archive(Bytes.of(other)),
                SILENT);
    }
}
