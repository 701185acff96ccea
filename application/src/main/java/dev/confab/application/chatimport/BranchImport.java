package dev.confab.application.chatimport;

import dev.confab.application.Messages.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.application.Transfer.History;
import dev.confab.application.Transfer.Imported;
import dev.confab.application.chatimport.ChatImports.Mode;
import dev.confab.application.chatimport.ImportReport.ConversationItem;
import dev.confab.domain.importjob.ConversationOutcome;
import dev.confab.application.chatimport.ImportReport.MessageItem;
import dev.confab.domain.importjob.MessageOutcome;
import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.conversation.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The import of one branch of a chat: a conversation that is new, or one that gets what it has not. */
final class BranchImport {
    /** One append ends with so many messages, or with the one that reaches the weight. */
    private static final int STEP_MESSAGES = 500;
    private static final int STEP_BYTES = 4 << 20;

    private final ChatImportService service;
    private final OwnerId owner;
    private final ExportedChat chat;
    private final Branch branch;
    private final ConversationId id;
    private final Optional<Origin> origin;
    private final List<MessageDraft> drafts;
    private final Consumer<Imported> create;

    BranchImport(ChatImportService service, OwnerId owner, ExportedChat chat, Branch branch,
            Function<String, ConversationId> conversations, Function<String, MessageId> messages,
            Consumer<Imported> create) {
        this.service = service;
        this.owner = owner;
        this.chat = chat;
        this.branch = branch;
        this.create = create;
        this.id = conversations.apply(branch.key());
        this.origin = branch.parent().filter(_ -> branch.shared() > 0).map(parent -> new Origin(
                conversations.apply(parent), messages.apply(branch.messages().get(branch.shared() - 1).id())));
        this.drafts = branch.messages().stream().map(message -> new MessageDraft(messages.apply(message.id()),
                message.role(), message.author(), message.text(), message.data(), Metadata.EMPTY,
                message.createdAt())).toList();
    }

    void run(Optional<StoredChat> stored, Mode mode, ImportReport report) {
        List<MessageDraft> missing = drafts.stream().filter(draft -> stored.filter(there -> there.has(draft.id()))
                .isEmpty()).toList();
        if (mode == Mode.STORE && stored.isEmpty()) {
            create.accept(imported());
        } else if (mode == Mode.STORE) {
            append(missing);
        }
        for (int i = branch.shared(); i < drafts.size(); i++) {
            report.message(new MessageItem(id, drafts.get(i).id(), outcome(stored, drafts.get(i)),
                    branch.messages().get(i).place()));
        }
        report.conversation(new ConversationItem(id, chat.title(), origin, stored.isEmpty()
                ? ConversationOutcome.IMPORTED
                : missing.isEmpty() ? ConversationOutcome.PRESENT : ConversationOutcome.EXTENDED, chat.place()));
    }

    private static MessageOutcome outcome(Optional<StoredChat> stored, MessageDraft draft) {
        if (stored.filter(there -> there.has(draft.id())).isEmpty()) {
            return MessageOutcome.IMPORTED;
        }
        return stored.get().isMadeFrom(draft) ? MessageOutcome.PRESENT : MessageOutcome.CHANGED;
    }

    private void append(List<MessageDraft> missing) {
        var step = new ArrayList<NewMessage>();
        long bytes = 0;
        for (MessageDraft draft : missing) {
            step.add(new NewMessage(new RequestedId.Given(draft.id().value()), draft.role(), draft.author(),
                    draft.text(), draft.data(), draft.metadata(), draft.createdAt()));
            bytes += draft.weight();
            if (step.size() == STEP_MESSAGES || bytes >= STEP_BYTES) {
                give(step);
                bytes = 0;
            }
        }
        give(step);
    }

    private void give(List<NewMessage> step) {
        if (!step.isEmpty()) {
            var _ = service.messages().appendAll(owner, id, List.copyOf(step), new Precondition.None());
            step.clear();
        }
    }

    /** As a new conversation whose messages were written when the file says; those without a time, with the one before. */
    private Imported imported() {
        Instant began = chat.createdAt().or(() -> branch.messages().stream()
                .flatMap(message -> message.createdAt().stream()).findFirst()).orElseGet(service.clock()::instant);
        var messages = new ArrayList<Message>();
        Instant time = began;
        Instant last = chat.updatedAt().map(updated -> Times.later(updated, began)).orElse(began);
        for (MessageDraft draft : drafts) {
            time = draft.createdAt().orElse(time);
            last = Times.later(last, time);
            messages.add(new Message(draft.id(), messages.size() + 1, draft.role(), draft.author(), draft.text(),
                    draft.data(), draft.metadata(), time, Optional.empty(), Optional.empty(), Version.FIRST,
                    draft.digest(), Optional.empty()));
        }
        return new Imported(id, chat.title(), metadata(), branch.key().isEmpty() ? chat.filing() : Filing.NONE,
                Version.FIRST, began, last, origin, new History.InMemory(messages));
    }

    /** Where the conversation comes from. */
    private Metadata metadata() {
        return new Metadata(Map.of("importedFrom", chat.source(), "importedId", chat.id()));
    }
}
