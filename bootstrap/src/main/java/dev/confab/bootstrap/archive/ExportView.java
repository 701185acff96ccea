package dev.confab.bootstrap.archive;

import dev.confab.application.Archives.Exported;
import dev.confab.domain.archive.ArchiveLine.Missing;
import java.util.List;

/** The result of an export, as {@code --json} prints it. */
record ExportView(boolean complete, long conversations, long messages, String digest, long missingCount,
        List<MissingView> missing) {

    record MissingView(String id, String reason) {
        static MissingView of(Missing line) {
            return new MissingView(line.id().toString(), line.reason());
        }
    }

    static ExportView of(Exported written) {
        return new ExportView(written.isComplete(), written.conversations(), written.messages(),
                written.digest().hex(), written.missingCount(),
                written.missing().stream().map(MissingView::of).toList());
    }
}
