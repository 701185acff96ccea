package dev.confab.adapter.persistence.file.archive;

import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.ByteSink;
import dev.confab.domain.archive.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Archives as JSON lines, compressed with gzip. */
public final class GzipArchiveFormat implements ArchiveFormat {
    /** The version that the first line of an archive names. Another one is refused. */
    public static final int VERSION = 1;

    @Override
    public Writer writer(ByteSink out) {
        try {
            return new GzipArchiveWriter(outputStream(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Reader reader(ByteSource in) {
        return new GzipArchiveReader(inputStream(in));
    }

    private static OutputStream outputStream(ByteSink out) {
        return new OutputStream() {
            @Override
            public void write(int value) {
                out.write(new byte[]{(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                out.write(bytes, offset, length);
            }
        };
    }

    private static InputStream inputStream(ByteSource in) {
        return new InputStream() {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return length == 0 ? 0 : in.read(bytes, offset, length);
            }
        };
    }
}
