package dev.confab.application.chatimport;

import dev.confab.domain.chatexport.ChatFile;
import dev.confab.domain.chatexport.ReadingOptions;
import dev.confab.domain.conversation.OwnerId;

/** Imports the files that other chat applications export. */
public interface ChatImports {
    /** Whether anything is stored. */
    enum Mode {
        STORE, DRY_RUN
    }

    /**
     * Stores every chat of the file, and reports each conversation and message while it goes on. What is stored is never changed: messages
     * that the file has and the conversation has not are appended. So the same file again stores nothing.
     *
     * @throws dev.confab.domain.chatexport.ChatExportRejected if nothing of the file can be read, or it needs a parameter
     */
    ImportTotals importChats(OwnerId owner, ChatFile file, ReadingOptions options, Mode mode, ImportReport report);
}
