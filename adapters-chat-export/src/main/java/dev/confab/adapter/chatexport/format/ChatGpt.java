package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.file.Entry;
import dev.confab.adapter.chatexport.json.CleanText;
import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.JsonShape;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.json.Values;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.adapter.chatexport.tree.Node;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** ChatGPT: {@code conversations.json}, or since 2026 several {@code conversations-000.json}, with a tree of nodes in {@code mapping}. */
final class ChatGpt extends JsonFormat {
    private static final String ASSET_NAMES = "conversation_asset_file_names.json";

    @Override
    public String name() {
        return "chatgpt";
    }

    @Override
    public String lookedFor() {
        return "JSON with conversations that have \"mapping\"";
    }

    @Override
    boolean hasChats(JsonShape shape) {
        return shape.hasOneOf("[].mapping", "mapping") || shape.has("[].conversation_id", "[].create_time");
    }

    @Override
    void read(JsonCursor json, Contents contents, Reading reading) {
        var messages = new ChatGptMessages(
                contents.named(ASSET_NAMES).map(entry -> assetNames(entry, contents)).orElse(Map.of()));
        eachChat(json, "", reading, (at, pointer, chat) -> chat(at, pointer, chat, messages));
    }

    private static void chat(JsonCursor json, String pointer, ChatBuilder chat, ChatGptMessages messages) {
        var parents = new HashMap<String, String>();
        json.members(name -> {
            switch (name) {
                case "title" -> chat.title(Values.text(json.tree()));
                case "create_time" -> chat.createdAt(Values.seconds(json.tree()));
                case "update_time" -> chat.updatedAt(Values.seconds(json.tree()));
                case "current_node" -> chat.current(Values.id(json.tree()));
                case "conversation_id" -> chat.id(Values.id(json.tree()).or(chat::id));
                case "id" -> chat.id(chat.id().or(() -> Values.id(json.tree())));
                case "is_archived" -> chat.archived(Values.isTrue(json.tree()));
                case "is_starred" -> chat.pinned(Values.isTrue(json.tree()));
                case "mapping" -> json.members(pointer + "/mapping",
                        id -> node(json, id, pointer, chat, messages, parents), chat::refuse);
                default -> leaveOut(name, json, chat);
            }
        });
        if (chat.isEmpty()) {
            throw new Refused("has no \"mapping\", where its messages should be");
        }
        chat.linkMissing(parents);
    }

    private static void node(JsonCursor json, String id, String pointer, ChatBuilder chat, ChatGptMessages messages,
            Map<String, String> parents) {
        JsonNode node = json.tree();
        Values.elements(node, "children").flatMap(child -> Values.id(child).stream())
                .forEach(child -> parents.putIfAbsent(child, id));
        Optional<String> parent = Values.id(node, "parent");
        Optional<JsonNode> message = Values.member(node, "message");
        if (message.isEmpty()) {
            chat.link(id, parent);
            return;
        }
        try {
            String place = json.place(pointer + "/mapping/" + JsonCursor.escaped(id));
            chat.add(new Node(id, parent, place, Optional.of(messages.content(message.get()))));
        } catch (Refused refused) {
            chat.link(id, parent);
            throw refused;
        }
    }

    /** The real names of files, by the names that the export gives them. Without them an import is worth having, too. */
    private static Map<String, String> assetNames(Entry entry, Contents contents) {
        contents.take(entry);
        var names = new HashMap<String, String>();
        try (var json = JsonCursor.open(entry, new CleanText())) {
            json.members(
                    name -> Values.text(json.tree()).ifPresent(real -> names.put(name.replaceFirst("\\.[^.]*$", ""),
                            real)));
        } catch (IOException | JacksonException | Refused unreadable) {
            return names;
        }
        return names;
    }
}
