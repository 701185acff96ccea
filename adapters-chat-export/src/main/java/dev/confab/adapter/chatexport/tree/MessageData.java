package dev.confab.adapter.chatexport.tree;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.TextRules;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data of an imported message: {@code {"chatExport": {"source", "id", "message", "preceding", "following"}}}, where {@code message} is
 * what the file says of it, and the other two are the contents that are not for reading.
 */
final class MessageData {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode member = JsonNodeFactory.instance.objectNode();

    MessageData(String source, Node node, List<Node> preceding, List<Node> following) {
        member.put("source", source);
        member.put("id", node.id());
        node.content().ifPresent(content -> member.set("message", content.original()));
        add("preceding", preceding);
        add("following", following);
    }

    private void add(String name, List<Node> nodes) {
        if (!nodes.isEmpty()) {
            var array = member.putArray(name);
            nodes.forEach(node -> node.content().ifPresent(content -> array.add(withText(content))));
        }
    }

    /** A node that is not for reading has no other place for its text. */
    private static ObjectNode withText(Node.Content content) {
        return content.text().isEmpty() || content.original().has("text")
                ? content.original()
                : content.original().deepCopy().put("text", content.text());
    }

    /** Empty when it is longer than a message may keep. */
    Optional<String> text() {
        String text = text(member);
        return TextRules.utf8Length(text) <= Message.MAX_DATA_BYTES ? Optional.of(text) : Optional.empty();
    }

    /** Says only how much was left out. */
    String shortened() {
        int bytes = TextRules.utf8Length(text(member));
        member.remove(List.of("message", "preceding", "following"));
        member.put("omittedBytes", bytes);
        return text(member);
    }

    private static String text(ObjectNode member) {
        return JSON.writeValueAsString(JsonNodeFactory.instance.objectNode().set("chatExport", member));
    }
}
