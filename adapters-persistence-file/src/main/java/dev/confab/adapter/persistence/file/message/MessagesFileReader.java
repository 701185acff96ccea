package dev.confab.adapter.persistence.file.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.FileDamaged;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.disk.LineScanner;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads messages files. Every read checks the checksum of every line, so a damaged byte is never served. The operating system caches
 * the messages; this class caches only where they are, up to a limit of bytes.
 */
public final class MessagesFileReader {
    private final Disk disk;
    private final Layout layout;
    private final Cache<Key, MessageIndex> indexes;

    private record Key(ConversationId id, int generation) {
    }

    public MessagesFileReader(Disk disk, Layout layout, long cacheBytes) {
        this.disk = disk;
        this.layout = layout;
        this.indexes = Caffeine.newBuilder().maximumWeight(cacheBytes)
                .weigher((Key key, MessageIndex index) -> index.weight()).build();
    }

    /** An index of this file's messages; it may know messages beyond them. */
    MessageIndex index(ConversationId id, MessagesFile file) throws IOException {
        if (file.count() == 0) {
            return MessageIndex.empty(0);
        }
        var key = new Key(id, file.generation());
        MessageIndex cached = indexes.getIfPresent(key);
        if (cached != null && cached.count() >= file.count()) {
            return cached;
        }
        MessageIndex built = build(id, file);
        indexes.put(key, built);
        return built;
    }

    /** Extends a cached index after messages were appended to the file; {@code ends} are the offsets behind their lines. */
    void appended(ConversationId id, MessagesFile before, List<Message> messages, long[] ends) {
        indexes.asMap().computeIfPresent(new Key(id, before.generation()), (key, index) -> {
            if (index.count() != before.count()) {
                return null;
            }
            MessageIndex longer = index;
            for (int i = 0; i < messages.size(); i++) {
                longer = longer.with(messages.get(i).id(), messages.get(i).version().value(), ends[i]);
            }
            return longer;
        });
    }

    /** Before a file of this generation is written: a purged conversation with the same id may have had one. */
    void forget(ConversationId id, int generation) {
        indexes.invalidate(new Key(id, generation));
    }

    /** The messages at positions {@code first..last}, from one read of the file. */
    List<Message> read(ConversationId id, MessagesFile file, MessageIndex index, int first, int last)
            throws IOException {
        long start = index.start(first);
        int length = Math.toIntExact(index.end(last) - start);
        byte[] bytes = disk.read(layout.messages(id, file.generation()), start, length);
        if (bytes.length != length) {
            throw new FileDamaged("the messages file is too short");
        }
        var messages = new ArrayList<Message>(last - first + 1);
        for (int position = first; position <= last; position++) {
            int from = (int) (index.start(position) - start);
            int to = (int) (index.end(position) - start);
            Message message = StoredJson.read("message " + position, bytes, from, to - from - 1, StoredJson::message);
            if (message.position() != position) {
                throw new FileDamaged("message " + position + " is not at its place in the messages file");
            }
            messages.add(message);
        }
        return messages;
    }

    /** Checks the checksum of every line of the file, without parsing it. */
    public void verify(ConversationId id, MessagesFile file) throws IOException {
        scan(id, file, (bytes, from, length, offset) -> true);
    }

    private MessageIndex build(ConversationId id, MessagesFile file) throws IOException {
        MessageIndex[] index = {MessageIndex.empty(file.count())};
        scan(id, file, (bytes, from, length, offset) -> {
            int json = length - ChecksummedLine.PREFIX - 1;
            index[0] = withLine(index[0], bytes, from + ChecksummedLine.PREFIX, json, offset + length + 1);
            return true;
        });
        return index[0];
    }

    /** @param valid receives the lines whose checksum matches */
    private void scan(ConversationId id, MessagesFile file, LineScanner.Action valid) throws IOException {
        if (file.length() == 0 && file.count() == 0) {
            return;
        }
        int[] read = {0};
        long end = LineScanner.scan(disk, layout.messages(id, file.generation()), file.length(),
                (bytes, from, length, offset) -> {
                    boolean isValid = ChecksummedLine.check(bytes, from, length).isPresent()
                            && valid.line(bytes, from, length, offset);
                    read[0] += isValid ? 1 : 0;
                    return isValid;
                });
        if (end != file.length() || read[0] != file.count()) {
            throw new FileDamaged("message " + (read[0] + 1) + " of " + file.count() + " cannot be read");
        }
    }

    /** Reads only the first three members: {@link StoredJson} writes position, id and version first. */
    private static MessageIndex withLine(MessageIndex index, byte[] bytes, int from, int length, long end) {
        try (JsonParser json = StoredJson.MAPPER.tokenStreamFactory().createParser(ObjectReadContext.empty(), bytes,
                from, length)) {
            json.nextToken();
            json.nextName();
            int position = json.nextIntValue(0);
            json.nextName();
            MessageId id = MessageId.parse(String.valueOf(json.nextStringValue()));
            json.nextName();
            long version = json.nextLongValue(-1);
            if (position != index.count() + 1 || version < 0) {
                throw new IllegalStateException("message " + position + " follows message " + index.count());
            }
            return index.with(id, version, end);
        }
    }
}
