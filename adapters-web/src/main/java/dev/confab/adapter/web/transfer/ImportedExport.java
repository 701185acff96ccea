package dev.confab.adapter.web.transfer;

import dev.confab.adapter.web.json.InvalidMember;
import dev.confab.application.Transfer.Imported;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.annotation.JsonDeserialize;

/** An export as an import reads it. Without its {@code end} the export is incomplete and rejected. */
record ImportedExport(String format, Integer formatVersion, ImportedConversationJson conversation,
        @JsonDeserialize(contentConverter = ImportedMessageJson.ToMessage.class) ImportedMessages messages,
        EndJson end) {
    ImportedExport {
        require(format.equals(ExportWriter.FORMAT), "/format", "must be " + ExportWriter.FORMAT);
        require(formatVersion == ExportWriter.FORMAT_VERSION, "/formatVersion",
                "must be " + ExportWriter.FORMAT_VERSION);
        String count = ", but there are " + messages.size() + " messages";
        require(end.messages() == messages.size(), "/end/messages", "is " + end.messages() + count);
        require(conversation.messageCount() == messages.size(), "/conversation/messageCount",
                "is " + conversation.messageCount() + count);
    }

    /** The last member: how many messages there are, which shows that the export is complete. */
    record EndJson(Integer messages) {
    }

    Imported imported() {
        return conversation.with(messages);
    }

    private static void require(boolean isValid, String at, String reason) {
        if (!isValid) {
            throw new InvalidMember(JsonPointer.compile(at), reason);
        }
    }
}
