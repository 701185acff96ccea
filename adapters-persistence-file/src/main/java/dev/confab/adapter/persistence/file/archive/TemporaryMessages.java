package dev.confab.adapter.persistence.file.archive;

import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.archive.MessageSpool;
import dev.confab.domain.port.StorageUnavailable;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps messages in temporary files of the system, one message a line, in the form of the data directory. */
public final class TemporaryMessages implements MessageSpool {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryMessages.class);

    @Override
    public Spooled open() {
        try {
            return new TemporaryFile(Files.createTempFile("confab-import-", ".jsonl"));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static final class TemporaryFile implements Spooled {
        private final Path path;
        private final OutputStream out;
        private final List<BufferedReader> readers = new ArrayList<>();

        TemporaryFile(Path path) throws IOException {
            this.path = path;
            this.out = new BufferedOutputStream(Files.newOutputStream(path));
        }

        @Override
        public void add(Message message) {
            try {
                out.write(StoredJson.bytes(json -> StoredJson.write(json, message)));
                out.write('\n');
            } catch (IOException e) {
                throw unavailable(e);
            }
        }

        @Override
        public Iterator<Message> iterator() {
            try {
                out.flush();
                BufferedReader lines = Files.newBufferedReader(path);
                readers.add(lines);
                return lines.lines().map(line -> StoredJson.message(StoredJson.MAPPER.readTree(line))).iterator();
            } catch (IOException e) {
                throw unavailable(e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
                for (BufferedReader reader : readers) {
                    reader.close();
                }
                Files.delete(path);
            } catch (IOException e) {
                LOG.warn("Import: the temporary file {} could not be deleted: {}", path, e.toString());
            }
        }
    }

    private static StorageUnavailable unavailable(IOException e) {
        return new StorageUnavailable("the messages of an import could not be kept in a temporary file", e);
    }
}
