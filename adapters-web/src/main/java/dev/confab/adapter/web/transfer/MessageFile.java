package dev.confab.adapter.web.transfer;

import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.adapter.web.json.StrictJson;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.StorageUnavailable;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Messages in a temporary file, one a line, as an export writes them. Not thread-safe. */
final class MessageFile implements Iterable<Message>, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(MessageFile.class);

    private final Path path;
    private final OutputStream out;
    private final List<BufferedReader> readers = new ArrayList<>();

    private MessageFile(Path path) throws IOException {
        this.path = path;
        this.out = new BufferedOutputStream(Files.newOutputStream(path));
    }

    /** A new file, which is deleted when the present request ends, however it ends. */
    static MessageFile forThisRequest() {
        RequestAttributes request = RequestContextHolder.currentRequestAttributes();
        try {
            var file = new MessageFile(Files.createTempFile("confab-import-", ".jsonl"));
            request.registerDestructionCallback(file.path.toString(), file::close, RequestAttributes.SCOPE_REQUEST);
            return file;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** Messages must not be added after the first iteration has begun. */
    void add(Message message) {
        try {
            out.write(ResponseJson.MAPPER.writeValueAsBytes(MessageJson.from(message)));
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
            return lines.lines().map(MessageFile::message).iterator();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static Message message(String line) {
        return StrictJson.bind(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
                ImportedMessageJson.class).message();
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

    private static StorageUnavailable unavailable(IOException e) {
        return new StorageUnavailable("the messages of an import could not be kept in a temporary file", e);
    }
}
