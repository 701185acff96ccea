package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.JsonShape;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.json.Values;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.adapter.chatexport.tree.Node;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.conversation.Role;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Claude: {@code conversations.json} with {@code chat_messages}, a tree where messages name their parents. */
final class Claude extends JsonFormat {
    @Override
    public String name() {
        return "claude";
    }

    @Override
    public String lookedFor() {
        return "JSON with conversations that have \"uuid\" and \"chat_messages\"";
    }

    @Override
    boolean hasChats(JsonShape shape) {
        return shape.has("[].uuid", "[].chat_messages") || shape.has("uuid", "chat_messages");
    }

    @Override
    void read(JsonCursor json, Contents contents, Reading reading) {
        eachChat(json, "", reading, Claude::chat);
    }

    private static void chat(JsonCursor json, String pointer, ChatBuilder chat) {
        var chain = new Chain();
        json.members(name -> {
            switch (name) {
                case "uuid" -> chat.id(Values.id(json.tree()));
                case "name" -> chat.title(Values.text(json.tree()));
                case "created_at" -> chat.createdAt(Values.time(json.tree()));
                case "updated_at" -> chat.updatedAt(Values.time(json.tree()));
                case "current_leaf_message_uuid" -> chat.current(Values.id(json.tree()));
                case "chat_messages" -> json.elements(pointer + "/chat_messages",
                        at -> chat.add(node(json.tree(), json.place(at), chain)), chat::refuse);
                default -> leaveOut(name, json, chat);
            }
        });
    }

    private static Node node(JsonNode message, String place, Chain chain) {
        String id = Values.id(message, "uuid").orElseThrow(() -> new Refused("has no uuid"));
        Optional<String> parent = chain.parent(id, Values.id(message, "parent_message_uuid"));
        String sender = Values.text(message, "sender").orElse("none");
        Role role = switch (sender) {
            case "human" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default -> throw new Refused("has the sender " + sender + ", who must be human or assistant");
        };
        String blocks = Values.elements(message, "content")
                .filter(block -> Values.text(block, "type").filter("text"::equals).isPresent())
                .flatMap(block -> Values.text(block, "text").stream()).collect(Collectors.joining("\n\n"));
        String text = blocks.isBlank() ? Values.text(message, "text").orElse("") : blocks;
        return new Node(id, parent, place, Optional.of(new Content(role, Optional.empty(), text,
                Values.member(message, "created_at").flatMap(Values::time), true, kept((ObjectNode) message, text))));
    }

    /** Without the text, where it says the same again. */
    private static ObjectNode kept(ObjectNode message, String text) {
        Values.text(message, "text").filter(text::equals).ifPresent(_ -> message.remove("text"));
        Values.elements(message, "content")
                .filter(block -> Values.text(block, "text").filter(text::contains).isPresent())
                .forEach(block -> ((ObjectNode) block).remove("text"));
        return message;
    }
}
