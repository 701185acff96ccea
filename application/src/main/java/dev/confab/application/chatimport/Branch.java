package dev.confab.application.chatimport;

import dev.confab.domain.chatexport.ExportedMessage;
import java.util.List;
import java.util.Optional;

/**
 * A branch of a chat, from a first message to a last one.
 *
 * @param key the id of its first own message; empty for the branch that is the chat itself
 * @param parent the key of the branch that it left
 * @param messages all of them, the shared ones first
 * @param shared how many the branch that it left has, too
 */
record Branch(String key, Optional<String> parent, List<ExportedMessage> messages, int shared) {
    Branch {
        messages = List.copyOf(messages);
    }

    List<ExportedMessage> own() {
        return messages.subList(shared, messages.size());
    }
}
