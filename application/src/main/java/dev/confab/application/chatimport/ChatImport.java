package dev.confab.application.chatimport;

import dev.confab.application.Transfer.Imported;
import dev.confab.application.Usages.QuotaExceeded;
import dev.confab.application.chatimport.ChatImports.Mode;
import dev.confab.application.chatimport.ImportReport.MessageItem;
import dev.confab.domain.importjob.MessageOutcome;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.chatexport.Refusal;
import dev.confab.domain.conversation.ConversationException;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The import of one chat, branch by branch. */
final class ChatImport {
    private final ChatImportService service;
    private final OwnerId owner;
    private final ExportedChat chat;
    private final Mode mode;
    private final ImportReport report;
    private final Consumer<Imported> create;
    private final ConversationId chatId;
    private final Map<String, Optional<StoredChat>> stored = new HashMap<>();

    /** @param create stores a new conversation of the owner */
    ChatImport(ChatImportService service, OwnerId owner, ExportedChat chat, Mode mode, ImportReport report,
            Consumer<Imported> create) {
        this.service = service;
        this.owner = owner;
        this.chat = chat;
        this.mode = mode;
        this.report = report;
        this.create = create;
        this.chatId = conversation("");
    }

    void run() {
        chat.refused().forEach(report::refusedMessage);
        new Branches(chat).forEach(this::storedMessages, this::branch,
                message -> report.refusedMessage(new Refusal(message.place(), "is in one of too many branches: at most "
                        + Branches.MAX_BRANCHES + " of a chat are imported, with " + Branches.MAX_COPIES
                        + " messages that they share")));
        chat.kept().forEach(kept -> report.message(new MessageItem(chatId, message(kept.with()), MessageOutcome.KEPT,
                kept.place())));
    }

    private Set<String> storedMessages(String branch) {
        Optional<StoredChat> there = stored(branch);
        var ids = new HashSet<String>();
        there.ifPresent(known -> chat.messages().stream().map(ExportedMessage::id).filter(id -> known.has(message(id)))
                .forEach(ids::add));
        return ids;
    }

    private Optional<StoredChat> stored(String branch) {
        return stored.computeIfAbsent(branch, key -> StoredChat.of(service.transfer(), owner, conversation(key)));
    }

    private void branch(Branch branch) {
        try {
            new BranchImport(service, owner, chat, branch, this::conversation, this::message, create)
                    .run(stored(branch.key()), mode, report);
        } catch (ConversationException | QuotaExceeded refused) {
            report.refused(new Refusal(branch.own().isEmpty() ? chat.place() : branch.own().getFirst().place(),
                    "is not imported: " + refused.getMessage()));
        } finally {
            stored.remove(branch.key());
        }
    }

    private ConversationId conversation(String branch) {
        return service.ids().exported(owner, chat.source(), chat.id(), branch);
    }

    private MessageId message(String id) {
        return service.ids().exportedMessage(chatId, id);
    }
}
