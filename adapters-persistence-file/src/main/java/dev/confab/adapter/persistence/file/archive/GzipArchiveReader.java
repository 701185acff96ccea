package dev.confab.adapter.persistence.file.archive;

import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.ConfabException;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.ArchiveLine;
import dev.confab.domain.conversation.ConversationId;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;

/** Reads the lines of an archive. A line is in memory as a whole, and has a largest size. Not thread-safe. */
final class GzipArchiveReader implements ArchiveFormat.Reader {
    /** The largest turn has 11 MiB of text, and JSON may take six bytes for one. */
    private static final int MAX_LINE_BYTES = 80 << 20;
    private static final int BUFFER = 1 << 16;

    private final PushbackInputStream in;
    private Optional<InputStream> lines = Optional.empty();
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int filled;
    private long line;
    private Optional<ConversationId> conversation = Optional.empty();

    GzipArchiveReader(InputStream in) {
        this.in = new PushbackInputStream(in, BUFFER) {
            // GZIPInputStream asks this at the end of a part to see whether another one follows.
            @Override
            public int available() throws IOException {
                int next = read();
                if (next >= 0) {
                    unread(next);
                }
                return next < 0 ? 0 : 1;
            }
        };
    }

    @Override
    public Optional<ArchiveLine> next() {
        try {
            Optional<byte[]> bytes = nextLine();
            line++;
            return bytes.map(this::parse);
        } catch (EOFException cut) {
            throw new ArchiveDamaged("the archive was cut behind line " + line);
        } catch (ZipException malformed) {
            throw new ArchiveDamaged(line == 0
                    ? "this is no archive: it is not compressed with gzip"
                    : "behind line " + line + " the compressed data is damaged: " + malformed.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ArchiveLine parse(byte[] bytes) {
        try {
            ArchiveLine read = ArchiveJson.line(StoredJson.MAPPER.readTree(bytes), conversation);
            if (read instanceof ArchiveLine.Head(var head)) {
                conversation = Optional.of(head.id());
            }
            return read;
        } catch (JacksonException | IllegalArgumentException | ConfabException e) {
            throw new ArchiveDamaged("line " + line + " is no line of an archive: " + StoredJson.reason(e));
        }
    }

    /** Without its newline; empty at the end. */
    private Optional<byte[]> nextLine() throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        while (true) {
            if (position == filled) {
                filled = Math.max(0, stream().read(buffer));
                position = 0;
                if (filled == 0) {
                    if (bytes.size() > 0) {
                        throw new EOFException();
                    }
                    return Optional.empty();
                }
            }
            int end = position;
            while (end < filled && buffer[end] != '\n') {
                end++;
            }
            bytes.write(buffer, position, end - position);
            position = Math.min(filled, end + 1);
            if (end < filled) {
                return Optional.of(bytes.toByteArray());
            }
            if (bytes.size() > MAX_LINE_BYTES) {
                throw new ArchiveDamaged("line " + (line + 1) + " has more than " + MAX_LINE_BYTES + " bytes");
            }
        }
    }

    private InputStream stream() throws IOException {
        if (lines.isEmpty()) {
            lines = Optional.of(new GZIPInputStream(in, BUFFER));
        }
        return lines.get();
    }
}
