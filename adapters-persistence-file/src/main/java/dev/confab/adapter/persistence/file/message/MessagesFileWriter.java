package dev.confab.adapter.persistence.file.message;

import dev.confab.adapter.persistence.file.disk.Disk;
import dev.confab.adapter.persistence.file.disk.Layout;
import dev.confab.adapter.persistence.file.json.ChecksummedLine;
import dev.confab.adapter.persistence.file.json.StoredJson;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes the messages of a conversation to its messages file, for a checkpoint. The caller holds the conversation's write permit. */
public record MessagesFileWriter(Disk disk, Layout layout, MessagesFileReader files) {
    private static final int BUFFER_BYTES = 1 << 20;

    /** Makes all messages durable in a messages file, which a head may name then; {@code version} is the conversation's. */
    public MessagesFile write(ConversationId id, StoredMessages messages, long version) throws IOException {
        return messages.extendsFile() ? append(id, messages, version) : rewrite(id, messages, version);
    }

    private MessagesFile append(ConversationId id, StoredMessages messages, long version) throws IOException {
        MessagesFile before = messages.file();
        List<Message> tail = messages.tail().toList();
        if (tail.isEmpty()) {
            return new MessagesFile(before.generation(), before.length(), before.count(), version, before.weight());
        }
        long[] ends = new long[tail.size()];
        try (var lines = new Lines(disk.open(layout.messages(id, before.generation())), before.length())) {
            for (int i = 0; i < ends.length; i++) {
                ends[i] = lines.add(tail.get(i));
            }
            lines.force();
        }
        files.appended(id, before, tail, ends);
        return new MessagesFile(before.generation(), ends[ends.length - 1], messages.count(), version,
                messages.weight());
    }

    /** After an edit or a truncation, and for the first messages. */
    private MessagesFile rewrite(ConversationId id, StoredMessages messages, long version) throws IOException {
        int generation = messages.file().generation() + 1;
        if (messages.count() == 0) {
            return new MessagesFile(generation == 1 ? 0 : generation, 0, 0, version, 0);
        }
        files.forget(id, generation);
        long length;
        long[] weight = {0};
        try (var lines = new Lines(disk.open(layout.messages(id, generation)), 0)) {
            new MessageReader(files).visitAll(id, messages, message -> {
                lines.add(message);
                weight[0] += message.weight();
                return true;
            });
            length = lines.force();
        }
        // The name must be durable before a head names it.
        disk.forceDirectory(layout.conversations());
        return new MessagesFile(generation, length, messages.count(), version, weight[0]);
    }

    /** Writes messages as lines from an offset on, many at a time. */
    private static final class Lines implements AutoCloseable {
        private final Disk.WritableFile file;
        private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
        private long length;

        Lines(Disk.WritableFile file, long from) throws IOException {
            this.file = file;
            this.length = from;
            // Removes the rest of a failed checkpoint.
            file.truncate(from);
        }

        /** Returns the offset behind the line. */
        long add(Message message) throws IOException {
            byte[] line = ChecksummedLine.of(StoredJson.bytes(json -> StoredJson.write(json, message)));
            unwritten.writeBytes(line);
            length += line.length;
            if (unwritten.size() >= BUFFER_BYTES) {
                write();
            }
            return length;
        }

        long force() throws IOException {
            write();
            file.force();
            return length;
        }

        private void write() throws IOException {
            file.write(ByteBuffer.wrap(unwritten.toByteArray()), length - unwritten.size());
            unwritten.reset();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
