package dev.confab.adapter.persistence.file;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.adapter.persistence.file.HeadFile.Damaged;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads messages files. Every line's checksum is checked on every read, so a damaged byte is never served. The messages
 * themselves are left to the page cache of the operating system; only the indexes are cached here, by weight.
 */
final class MessageFiles {
    private final Disk disk;
    private final Layout layout;
    private final Cache<Key, MessageIndex> indexes;

    private record Key(ConversationId id, int generation) {
    }

    MessageFiles(Disk disk, Layout layout, long cacheBytes) {
        this.disk = disk;
        this.layout = layout;
        this.indexes = Caffeine.newBuilder().maximumWeight(cacheBytes)
                .weigher((Key key, MessageIndex index) -> index.weight()).build();
    }

    /** The index of at least the messages that this state's file holds. */
    MessageIndex index(ConversationId id, State.MessagesFile file) throws IOException, Damaged {
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

    /** After a checkpoint: the index of the file as it is now, when the one before was known. */
    void extended(ConversationId id, State.MessagesFile before, State.MessagesFile after, List<Message> added,
            long[] lineEnds) {
        var key = new Key(id, after.generation());
        MessageIndex index = before.generation() == after.generation()
                ? indexes.getIfPresent(key)
                : MessageIndex.empty(added.size());
        if (index == null || index.count() != after.count() - added.size()) {
            indexes.invalidate(key);
            return;
        }
        for (int i = 0; i < added.size(); i++) {
            index = index.with(added.get(i).id(), added.get(i).version().value(), lineEnds[i]);
        }
        indexes.put(key, index);
        if (before.generation() != after.generation()) {
            indexes.invalidate(new Key(id, before.generation()));
        }
    }

    void forget(ConversationId id, int generation) {
        indexes.invalidate(new Key(id, generation));
    }

    /** The messages at positions {@code first..last}, read in one go. */
    List<Message> read(ConversationId id, State.MessagesFile file, MessageIndex index, int first, int last)
            throws IOException, Damaged {
        long start = index.start(first);
        int length = Math.toIntExact(index.end(last) - start);
        byte[] bytes = disk.read(layout.messages(id, file.generation()), start, length);
        if (bytes.length != length) {
            throw new Damaged("the messages file is too short");
        }
        var messages = new ArrayList<Message>(last - first + 1);
        for (int position = first; position <= last; position++) {
            int from = (int) (index.start(position) - start);
            int to = (int) (index.end(position) - start);
            Message message = message(bytes, from, to - from - 1);
            if (message.position() != position) {
                throw new Damaged("message " + position + " is not at its place");
            }
            messages.add(message);
        }
        return messages;
    }

    /** Checks every line of the file, without reading what they say. */
    void verify(ConversationId id, State.MessagesFile file) throws IOException, Damaged {
        int[] good = {0};
        scan(id, file, (bytes, from, length, offset) -> {
            boolean whole = ChecksummedLine.check(bytes, from, length).isPresent();
            good[0] += whole ? 1 : 0;
            return whole;
        }, () -> good[0]);
    }

    private MessageIndex build(ConversationId id, State.MessagesFile file) throws IOException, Damaged {
        MessageIndex[] index = {MessageIndex.empty(file.count())};
        scan(id, file, (bytes, from, length, offset) -> {
            OptionalInt json = ChecksummedLine.check(bytes, from, length);
            if (json.isEmpty()) {
                return false;
            }
            index[0] = withLine(index[0], bytes, from + ChecksummedLine.PREFIX, json.getAsInt(), offset + length + 1);
            return true;
        }, () -> index[0].count());
        return index[0];
    }

    private interface Count {
        int get();
    }

    private void scan(ConversationId id, State.MessagesFile file, LineScanner.Action action, Count count)
            throws IOException, Damaged {
        if (file.length() == 0 && file.count() == 0) {
            return;
        }
        Path path = layout.messages(id, file.generation());
        long end = LineScanner.scan(disk, path, file.length(), action);
        if (end != file.length() || count.get() != file.count()) {
            throw new Damaged("message " + (count.get() + 1) + " of " + file.count() + " cannot be read");
        }
    }

    /** Reads only the first three properties: {@link Json} writes position, id and version first. */
    private static MessageIndex withLine(MessageIndex index, byte[] bytes, int from, int length, long end) {
        try (JsonParser json = Json.MAPPER.tokenStreamFactory().createParser(ObjectReadContext.empty(), bytes, from,
                length)) {
            json.nextToken();
            json.nextName();
            json.nextToken();
            int position = json.getIntValue();
            json.nextName();
            json.nextToken();
            MessageId id = MessageId.parse(json.getString());
            json.nextName();
            JsonToken version = json.nextToken();
            if (position != index.count() + 1 || version != JsonToken.VALUE_NUMBER_INT) {
                throw new IllegalStateException("message " + position + " follows message " + index.count());
            }
            return index.with(id, json.getLongValue(), end);
        }
    }

    private static Message message(byte[] bytes, int from, int length) throws Damaged {
        OptionalInt json = ChecksummedLine.check(bytes, from, length);
        if (json.isEmpty()) {
            throw new Damaged("a message's checksum does not match");
        }
        try {
            return Json.message(Json.tree(bytes, from + ChecksummedLine.PREFIX, json.getAsInt()));
        } catch (JacksonException | IllegalArgumentException | ConfabException e) {
            throw new Damaged("a message cannot be read: " + e.getMessage());
        }
    }
}
