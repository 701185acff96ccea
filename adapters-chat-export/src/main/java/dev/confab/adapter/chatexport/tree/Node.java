package dev.confab.adapter.chatexport.tree;

import dev.confab.domain.conversation.Role;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node of the tree of a chat.
 *
 * @param parent the id of the node before it; one that the file does not contain counts as absent
 * @param content empty for a node that only links others
 */
public record Node(String id, Optional<String> parent, String place, Optional<Content> content) {

    /**
     * What a node says.
     *
     * @param author at most the first 100 characters are kept as the author of the message
     * @param isReadable whether it is a message for a person to read; any other content is kept in the data of a message beside it
     * @param original what the file says, without what other exports of the same chat say differently
     */
    public record Content(Role role, Optional<String> author, String text, Optional<Instant> createdAt,
            boolean isReadable, ObjectNode original) {
    }

    /** Whether it has content for a person to read. */
    boolean isReadable() {
        return content.filter(Content::isReadable).isPresent();
    }

    Node readable() {
        return new Node(id, parent, place, content.map(
                c -> new Content(c.role(), c.author(), c.text(), c.createdAt(), true, c.original())));
    }
}
