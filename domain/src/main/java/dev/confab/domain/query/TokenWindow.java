package dev.confab.domain.query;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.Message;
import java.util.List;

/**
 * The messages of a conversation that fit into a number of tokens, oldest first, and the head of the same version.
 *
 * @param omitted how many messages before the last of these are left out, removed ones included
 * @param encoding the name of the encoding that the tokens were counted with
 */
public record TokenWindow(Conversation conversation, List<Counted> messages, int omitted, String encoding) {
    public TokenWindow {
        messages = List.copyOf(messages);
    }

    /** A message, and its tokens as an assistant is told it. */
    public record Counted(Message message, int tokens) {
    }

    /** The tokens of all messages. */
    public int tokens() {
        return messages.stream().mapToInt(Counted::tokens).sum();
    }
}
