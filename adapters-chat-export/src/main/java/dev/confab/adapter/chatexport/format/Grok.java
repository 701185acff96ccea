package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.JsonShape;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.json.Values;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.adapter.chatexport.tree.Node;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.conversation.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.ObjectNode;

/** Grok: {@code conversations}, each with a {@code conversation} and its {@code responses}, a tree. */
final class Grok extends JsonFormat {
    private static final Set<String> HEAD = Set.of("conversation_id", "title", "create_time", "modify_time",
            "leaf_response_id", "starred");

    @Override
    public String name() {
        return "grok";
    }

    @Override
    public String lookedFor() {
        return "JSON with \"conversations\" that have \"conversation\" and \"responses\"";
    }

    @Override
    boolean hasChats(JsonShape shape) {
        return shape.hasOneOf("conversations[].conversation", "conversations[].responses");
    }

    @Override
    void read(JsonCursor json, Contents contents, Reading reading) {
        json.members(name -> {
            if (name.equals("conversations")) {
                eachChat(json, "/conversations", reading, Grok::chat);
            } else {
                reading.leftOut(List.of(name));
            }
        });
    }

    private static void chat(JsonCursor json, String pointer, ChatBuilder chat) {
        var chain = new Chain();
        json.members(name -> {
            switch (name) {
                case "conversation" -> head(json.tree(), chat);
                case "responses" -> json.elements(pointer + "/responses",
                        at -> chat.add(node(json.tree(), json.place(at), chain)), chat::refuse);
                default -> leaveOut(name, json, chat);
            }
        });
    }

    private static void head(JsonNode conversation, ChatBuilder chat) {
        chat.id(Values.id(conversation, "conversation_id"));
        chat.title(Values.text(conversation, "title"));
        chat.createdAt(Values.member(conversation, "create_time").flatMap(Grok::time));
        chat.updatedAt(Values.member(conversation, "modify_time").flatMap(Grok::time));
        chat.current(Values.id(conversation, "leaf_response_id"));
        chat.pinned(Values.isTrue(conversation, "starred"));
        conversation.properties().stream().filter(member -> !member.getValue().isNull()).map(Map.Entry::getKey)
                .filter(name -> !HEAD.contains(name)).forEach(chat::leaveOut);
    }

    private static Node node(JsonNode element, String place, Chain chain) {
        var response = Values.member(element, "response").filter(JsonNode::isObject).map(ObjectNode.class::cast)
                .orElseThrow(() -> new Refused("has no response"));
        String id = Values.id(response, "response_id").orElseThrow(() -> new Refused("has no response_id"));
        Optional<String> parent = chain.parent(id, Values.id(response, "parent_response_id"));
        String sender = Values.text(response, "sender").orElseThrow(() -> new Refused("has no sender"));
        boolean isUser = sender.toLowerCase(Locale.ROOT).equals("human");
        String text = Values.text(response, "message").orElse("");
        Optional<String> author = isUser ? Optional.empty() : Values.text(response, "model");
        Optional<Instant> time = Values.member(response, "create_time").flatMap(Grok::time);
        response.remove("message");
        return new Node(id, parent, place, Optional.of(new Content(isUser ? Role.USER : Role.ASSISTANT, author, text,
                time, true, response)));
    }

    /** A text, or as MongoDB writes it: {@code {"$date": {"$numberLong": "1750534101177"}}}, or with a text in it. */
    private static Optional<Instant> time(JsonNode value) {
        Optional<JsonNode> date = Values.member(value, "$date");
        Optional<JsonNode> millis = date.flatMap(d -> Values.member(d, "$numberLong"));
        return Values.time(date.orElse(value))
                .or(() -> millis.flatMap(Values::text).filter(text -> text.matches("-?[0-9]{1,15}"))
                        .flatMap(text -> Values.seconds(DecimalNode.valueOf(new BigDecimal(text).movePointLeft(3)))));
    }
}
