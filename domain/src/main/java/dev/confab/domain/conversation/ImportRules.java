package dev.confab.domain.conversation;

import java.time.Instant;
import java.util.HashSet;

/** What an imported conversation must be so that it can be read, changed and removed like every other. */
final class ImportRules {
    private ImportRules() {
    }

    /** Throws {@link InvalidValue} as {@link Conversation#importing} says. */
    static void check(Conversation head, Iterable<Message> messages, Instant now) {
        if (head.isDeleted() || head.expiresAt().isPresent()) {
            throw new InvalidValue("conversation", "is deleted or temporary");
        }
        checkMatch(head, messages);
        if (head.version().compareTo(Version.HIGHEST_FIRST) > 0) {
            throw new InvalidValue("version", "must be at most " + Version.HIGHEST_FIRST);
        }
        if (head.origin().filter(origin -> origin.conversationId().equals(head.id())).isPresent()) {
            throw new InvalidValue("origin/conversationId", "is the conversation's own id");
        }
        requireNotFarAhead("createdAt", head.createdAt(), now);
        requireNotFarAhead("updatedAt", head.updatedAt(), now);
        for (Message message : messages) {
            String at = field(message);
            requireNotFarAhead(at + "createdAt", message.createdAt(), now);
            message.editedAt().ifPresent(edited -> requireNotFarAhead(at + "editedAt", edited, now));
            message.removedAt().ifPresent(removed -> requireNotFarAhead(at + "removedAt", removed, now));
        }
    }

    /** Throws {@link InvalidValue} unless these are the messages of this head. */
    static void checkMatch(Conversation head, Iterable<Message> messages) {
        if (head.isStaged()) {
            throw new InvalidValue("expiresAt", "is that of a conversation that is not complete");
        }
        int count = requireDense(messages);
        if (head.messageCount() != count) {
            throw new InvalidValue("messageCount",
                    "is " + head.messageCount() + ", but there are " + count + " messages");
        }
        for (Message message : messages) {
            if (message.version().compareTo(head.version()) > 0) {
                throw new InvalidValue(field(message) + "version", "is newer than the conversation's");
            }
        }
    }

    private static String field(Message message) {
        return "messages/" + (message.position() - 1) + "/";
    }

    /** Requires the positions 1, 2, 3, … and different ids; returns how many there are. */
    static int requireDense(Iterable<Message> messages) {
        var ids = new HashSet<MessageId>();
        for (Message message : messages) {
            int i = ids.size();
            if (message.position() != i + 1) {
                throw new InvalidValue("messages/" + i + "/position",
                        "is " + message.position() + "; expected " + (i + 1));
            }
            if (!ids.add(message.id())) {
                throw new InvalidValue("messages/" + i + "/id", "message id " + message.id() + " occurs twice");
            }
        }
        return ids.size();
    }

    private static void requireNotFarAhead(String field, Instant time, Instant now) {
        if (Times.isFarAhead(time, now)) {
            throw new InvalidValue(field, "must not be more than a day ahead of the server's clock");
        }
    }
}
