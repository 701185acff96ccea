package dev.confab.adapter.web.document;

import dev.confab.application.Transfer;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationDamaged;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip with a document for each conversation, written as they are read. One that fails in the middle has no directory, so it cannot be
 * taken for a whole one. Conversations that cannot be read from their beginning are named in its last entry.
 */
final class DocumentZip {
    /** The bound of what is remembered. */
    private static final int MOST_NAMED = 1_000;

    private final Transfer transfer;
    private final DocumentFormat format;
    private final ZipOutputStream zip;
    private final List<ConversationId> unreadable = new ArrayList<>();

    DocumentZip(Transfer transfer, DocumentFormat format, OutputStream out) {
        this.transfer = transfer;
        this.format = format;
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    void add(OwnerId owner, ConversationId id) throws IOException {
        var entry = new Entry();
        try {
            transfer.export(owner, id, entry);
        } catch (ConversationNotFound gone) {
            if (entry.isBegun) {
                throw gone;
            }
            return;
        } catch (ConversationDamaged damaged) {
            if (entry.isBegun) {
                throw damaged;
            }
            if (unreadable.size() < MOST_NAMED) {
                unreadable.add(id);
            }
            return;
        }
        entry.document.end();
        zip.closeEntry();
    }

    void end() throws IOException {
        if (!unreadable.isEmpty()) {
            zip.putNextEntry(new ZipEntry("not-exported.txt"));
            for (ConversationId id : unreadable) {
                zip.write((id + " is damaged and could not be read.\n").getBytes(StandardCharsets.UTF_8));
            }
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }

    /** Begins an entry when the conversation is there. */
    private final class Entry implements Transfer.Sink {
        private final Writer out = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        private final Document document = format.on(out);
        private boolean isBegun;

        @Override
        public void conversation(Conversation head) {
            var entry = new ZipEntry(DocumentNames.fileName(head, " " + head.id(), format));
            entry.setTime(head.updatedAt().toEpochMilli());
            try {
                zip.putNextEntry(entry);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            isBegun = true;
            document.conversation(head);
        }

        @Override
        public void message(Message message) {
            document.message(message);
        }
    }
}
