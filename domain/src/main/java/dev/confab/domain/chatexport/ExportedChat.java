package dev.confab.domain.chatexport;

import dev.confab.domain.conversation.Filing;
import dev.confab.domain.conversation.Title;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A chat as other applications export it: a tree of messages. Most chats have one branch.
 *
 * @param source the name of the format
 * @param id unique in the source, and the same in every export of the chat; at most 500 characters
 * @param messages each after its parent, otherwise in the order of the file
 * @param current the last message of the branch that was shown last; empty when the file does not say it
 * @param kept entries of the file that are not messages for a person to read; they are in the data of messages
 * @param refused messages that are not imported
 * @param place where it is in the file, as in {@link Refusal}
 */
public record ExportedChat(String source, String id, Optional<Title> title, Optional<Instant> createdAt,
        Optional<Instant> updatedAt, Filing filing, List<ExportedMessage> messages, Optional<String> current,
        List<Kept> kept, List<Refusal> refused, String place) {

    public ExportedChat {
        messages = List.copyOf(messages);
        kept = List.copyOf(kept);
        refused = List.copyOf(refused);
    }

    /** An entry that is kept in the data of the message with the id {@code with}. */
    public record Kept(String place, String with) {
    }
}
