package dev.confab.application.chatimport;

import dev.confab.application.Messages;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.application.Transfer;
import dev.confab.application.conversation.IdResolver;
import dev.confab.domain.chatexport.ChatExportReader;
import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.chatexport.ChatSink;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import java.time.InstantSource;

/** Imports chats while they are read, one after the other. */
public record ChatImportService(ChatExportReader reader, Transfer transfer, Messages messages, IdResolver ids,
        InstantSource clock) implements ChatImports {

    @Override
    public ImportTotals importChats(OwnerId owner, ChatFile file, ReadingOptions options, Mode mode,
            ImportReport report) {
        var counting = new CountingReport(report);
        reader.read(file, options, new ChatSink() {
            @Override
            public void format(String name) {
                counting.format(name);
            }

            @Override
            public void chat(ExportedChat chat) {
                new ChatImport(ChatImportService.this, owner, chat, mode, counting,
                        imported -> transfer.importConversation(owner, imported, OnConflict.REFUSE)).run();
            }

            @Override
            public void refused(Refusal refusal) {
                counting.refused(refusal);
            }

            @Override
            public void note(String note) {
                counting.note(note);
            }
        });
        return counting.totals();
    }

    /** Imports one chat, as {@link #importChats} does, for a request that began when it took the token. */
    public void importChat(FencingToken token, ExportedChat chat, Mode mode, ImportReport report) {
        new ChatImport(this, token.owner(), chat, mode, report,
                imported -> transfer.importConversation(token, imported, OnConflict.REFUSE)).run();
    }
}
