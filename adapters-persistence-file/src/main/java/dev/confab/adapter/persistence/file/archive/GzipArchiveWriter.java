package dev.confab.adapter.persistence.file.archive;

import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.ArchiveLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Writes the lines of an archive. Not thread-safe. */
final class GzipArchiveWriter implements ArchiveFormat.Writer {
    private static final int BUFFER = 1 << 16;

    private final GZIPOutputStream out;

    GzipArchiveWriter(OutputStream out) throws IOException {
        this.out = new GZIPOutputStream(out, BUFFER, true);
    }

    @Override
    public void write(ArchiveLine line) {
        run(() -> {
            out.write(StoredJson.bytes(json -> ArchiveJson.write(json, line)));
            out.write('\n');
        });
    }

    @Override
    public void flush() {
        run(out::flush);
    }

    @Override
    public void end() {
        run(out::finish);
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void run(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
