package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.JsonShape;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.json.Values;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.adapter.chatexport.tree.Node;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.conversation.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Open WebUI: a list of chats, or one chat alone, with the tree of messages in {@code history}. */
final class OpenWebUi extends JsonFormat {
    private static final Map<String, Role> ROLES = Map.of("user", Role.USER, "assistant", Role.ASSISTANT, "system",
            Role.SYSTEM, "tool", Role.TOOL);

    @Override
    public String name() {
        return "open-webui";
    }

    @Override
    public String lookedFor() {
        return "JSON with \"chat\" and in it \"history\", or \"history\" alone";
    }

    @Override
    boolean hasChats(JsonShape shape) {
        return shape.hasOneOf("[].chat.history", "[].chat.messages", "chat.history", "history.messages",
                "history.currentId");
    }

    @Override
    void read(JsonCursor json, Contents contents, Reading reading) {
        eachChat(json, "", reading, OpenWebUi::chat);
    }

    /** The members of a chat are those of its record, or in {@code chat} there. */
    private static void chat(JsonCursor json, String pointer, ChatBuilder chat) {
        members(json, pointer, chat);
        // A chat that was exported alone has no id of its own; its first message has.
        chat.id(chat.id().or(() -> chat.first().map(first -> "of-message:" + first)));
    }

    private static void members(JsonCursor json, String pointer, ChatBuilder chat) {
        json.members(name -> {
            String at = pointer + "/" + name;
            switch (name) {
                case "id" -> chat.id(Values.id(json.tree()).or(chat::id));
                case "title" -> chat.title(Values.text(json.tree()));
                case "created_at" -> chat.createdAt(Values.seconds(json.tree()));
                case "updated_at" -> chat.updatedAt(Values.seconds(json.tree()));
                case "archived" -> chat.archived(Values.isTrue(json.tree()));
                case "pinned" -> chat.pinned(Values.isTrue(json.tree()));
                case "chat" -> members(json, at, chat);
                case "history" -> json.members(member -> history(json, at, member, chat));
                case "messages" -> list(json, at, chat);
                default -> leaveOut(name, json, chat);
            }
        });
    }

    private static void history(JsonCursor json, String at, String member, ChatBuilder chat) {
        if (member.equals("currentId")) {
            chat.current(Values.id(json.tree()));
        } else if (member.equals("messages")) {
            json.members(at + "/messages",
                    id -> add(json.tree(), Optional.of(id), json.place(at + "/messages/" + JsonCursor.escaped(id)),
                            chat),
                    chat::refuse);
        }
    }

    /** The list repeats one branch of the history; only an old export has nothing else. */
    private static void list(JsonCursor json, String at, ChatBuilder chat) {
        if (chat.isEmpty() && json.isAt(JsonToken.START_ARRAY)) {
            json.elements(at, element -> add(json.tree(), Optional.empty(), json.place(element), chat), chat::refuse);
        }
    }

    private static void add(JsonNode message, Optional<String> key, String place, ChatBuilder chat) {
        String id = key.or(() -> Values.id(message, "id")).orElseThrow(() -> new Refused("has no id"));
        Optional<String> parent = Values.id(message, "parentId");
        try {
            chat.add(new Node(id, parent, place, Optional.of(content(message))));
        } catch (Refused refused) {
            chat.link(id, parent);
            throw refused;
        }
    }

    private static Content content(JsonNode message) {
        String roleName = Values.text(message, "role").orElse("none");
        Role role = Optional.ofNullable(ROLES.get(roleName)).orElseThrow(() -> new Refused(
                "has the role " + roleName + ", which must be user, assistant, system or tool"));
        boolean isText = Values.member(message, "content").filter(JsonNode::isString).isPresent();
        String text = Values.text(message, "content").orElseGet(() -> Values.elements(message, "content")
                .flatMap(part -> Values.text(part, "text").stream()).collect(Collectors.joining("\n\n")));
        var original = (ObjectNode) message;
        original.remove(isText ? List.of("content", "childrenIds") : List.of("childrenIds"));
        Optional<String> author = role == Role.ASSISTANT ? Values.text(message, "model") : Optional.empty();
        return new Content(role, author, text, Values.member(message, "timestamp").flatMap(Values::seconds), true,
                original);
    }
}
