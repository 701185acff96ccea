package dev.confab.domain.conversation;

import java.time.Instant;
import java.util.HashSet;
import java.util.function.Consumer;

/** What an imported conversation must be so that it can be read, changed and removed like every other. */
final class ImportRules {
    private ImportRules() {
    }

    /** Throws {@link InvalidValue} as {@link Conversation#importing} says. Goes through the messages once. */
    static void check(Conversation head, Iterable<Message> messages, Instant now) {
        if (head.isDeleted() || head.expiresAt().isPresent()) {
            throw new InvalidValue("conversation", "is deleted or temporary");
        }
        if (head.version().compareTo(Version.HIGHEST_FIRST) > 0) {
            throw new InvalidValue("version", "must be at most " + Version.HIGHEST_FIRST);
        }
        if (head.origin().filter(origin -> origin.conversationId().equals(head.id())).isPresent()) {
            throw new InvalidValue("origin/conversationId", "is the conversation's own id");
        }
        requireNotFarAhead("createdAt", head.createdAt(), now);
        requireNotFarAhead("updatedAt", head.updatedAt(), now);
        checkMatch(head, messages, message -> {
            String at = field(message);
            requireNotFarAhead(at + "createdAt", message.createdAt(), now);
            message.editedAt().ifPresent(edited -> requireNotFarAhead(at + "editedAt", edited, now));
            message.removedAt().ifPresent(removed -> requireNotFarAhead(at + "removedAt", removed, now));
        });
    }

    /** Throws {@link InvalidValue} unless these are the messages of this head. */
    static void checkMatch(Conversation head, Iterable<Message> messages) {
        checkMatch(head, messages, _ -> {
        });
    }

    private static void checkMatch(Conversation head, Iterable<Message> messages, Consumer<Message> more) {
        if (head.isStaged()) {
            throw new InvalidValue("expiresAt", "is that of a conversation that is not complete");
        }
        int count = requireDense(messages, message -> {
            if (message.version().compareTo(head.version()) > 0) {
                throw new InvalidValue(field(message) + "version", "is newer than the conversation's");
            }
            more.accept(message);
        });
        if (head.messageCount() != count) {
            throw new InvalidValue("messageCount",
                    "is " + head.messageCount() + ", but there are " + count + " messages");
        }
    }

    private static String field(Message message) {
        return "messages/" + (message.position() - 1) + "/";
    }

    /** Requires the positions 1, 2, 3, … and different ids. */
    static void requireDense(Iterable<Message> messages) {
        int _ = requireDense(messages, _ -> {
        });
    }

    /** The same, with a further check of each message; returns how many there are. */
    private static int requireDense(Iterable<Message> messages, Consumer<Message> more) {
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
            more.accept(message);
        }
        return ids.size();
    }

    private static void requireNotFarAhead(String field, Instant time, Instant now) {
        if (Times.isFarAhead(time, now)) {
            throw new InvalidValue(field, "must not be more than a day ahead of the server's clock");
        }
    }
}
