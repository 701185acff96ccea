package dev.confab.adapter.web;

import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.ArchiveLine;
import dev.confab.domain.archive.ByteSink;
import dev.confab.domain.archive.ByteSource;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Archives of this process: the bytes of a line are its number. The real format is another module's. */
final class TestArchiveFormat implements ArchiveFormat {
    private final List<ArchiveLine> lines = new CopyOnWriteArrayList<>();

    @Override
    public Writer writer(ByteSink out) {
        return new Writer() {
            @Override
            public void write(ArchiveLine line) {
                synchronized (lines) {
                    lines.add(line);
                    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(lines.size()).array(), 0, Integer.BYTES);
                }
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void end() {
                // The bytes have no end of their own.
            }
        };
    }

    @Override
    public Reader reader(ByteSource in) {
        return () -> {
            byte[] bytes = new byte[Integer.BYTES];
            int length = 0;
            for (int read = 0; read >= 0 && length < bytes.length; length += Math.max(0, read)) {
                read = in.read(bytes, length, bytes.length - length);
            }
            int number = ByteBuffer.wrap(bytes).getInt();
            if (length > 0 && (length < bytes.length || number < 1 || number > lines.size())) {
                throw new ArchiveDamaged("the archive was cut");
            }
            return length == 0 ? Optional.empty() : Optional.of(lines.get(number - 1));
        };
    }
}
