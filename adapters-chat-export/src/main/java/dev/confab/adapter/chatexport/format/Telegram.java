package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.JsonShape;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.json.Values;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.adapter.chatexport.tree.Node;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.conversation.Role;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Telegram Desktop: {@code result.json} of one chat or of a whole account. */
final class Telegram extends JsonFormat {
    @Override
    public String name() {
        return "telegram";
    }

    @Override
    public String lookedFor() {
        return "JSON with \"type\" and \"messages\" that have \"date\", or \"chats\" with a \"list\" of them";
    }

    @Override
    boolean hasChats(JsonShape shape) {
        return shape.has("type") && shape.hasOneOf("messages[].date", "messages[].date_unixtime")
                || shape.hasOneOf("chats.list", "left_chats.list");
    }

    @Override
    void read(JsonCursor json, Contents contents, Reading reading) {
        JsonShape shape = contents.shapeOf(json.entry());
        if (!shape.hasOneOf("chats.list", "left_chats.list")) {
            eachChat(json, "", reading, (at, pointer, chat) -> chat(at, pointer, chat, reading));
            return;
        }
        json.members(name -> {
            if (name.equals("chats") || name.equals("left_chats")) {
                json.members(member -> {
                    if (member.equals("list")) {
                        eachChat(json, "/" + name + "/list", reading,
                                (at, pointer, chat) -> chat(at, pointer, chat, reading));
                    }
                });
            } else {
                reading.leftOut(List.of(name));
            }
        });
    }

    private static void chat(JsonCursor json, String pointer, ChatBuilder chat, Reading reading) {
        var chain = new Chain();
        json.members(name -> {
            switch (name) {
                case "id" -> chat.id(Values.id(json.tree()));
                case "name" -> chat.title(Values.text(json.tree()));
                case "messages" -> json.elements(pointer + "/messages",
                        at -> chat.add(node(json.tree(), json.place(at), chain, reading)), chat::refuse);
                default -> leaveOut(name, json, chat);
            }
        });
    }

    private static Node node(JsonNode message, String place, Chain chain, Reading reading) {
        String id = Values.id(message, "id").orElseThrow(() -> new Refused("has no id"));
        Optional<String> parent = chain.parent(id, Optional.empty());
        boolean isService = Values.text(message, "type").filter("service"::equals).isPresent();
        Optional<String> author = isService
                ? Values.text(message, "actor").or(() -> Values.text(message, "actor_id"))
                : Values.text(message, "from").or(() -> Values.text(message, "from_id"));
        String text = isService
                ? Values.text(message, "action").orElse("")
                : Values.member(message, "text").map(Telegram::text).orElse("");
        return new Node(id, parent, place, Optional.of(new Content(isService ? Role.SYSTEM : Role.USER, author, text,
                time(message, reading), true, kept((ObjectNode) message))));
    }

    /** A text, or an array of texts and of objects with a text and its kind. */
    private static String text(JsonNode text) {
        return text.isArray()
                ? StreamSupport.stream(text.spliterator(), false)
                        .map(part -> Values.text(part).or(() -> Values.text(part, "text")).orElse(""))
                        .collect(Collectors.joining())
                : Values.text(text).orElse("");
    }

    private static ObjectNode kept(ObjectNode message) {
        if (Values.member(message, "text").filter(JsonNode::isString).isPresent()) {
            message.remove("text");
        }
        return message;
    }

    /** Older exports have the local time only. */
    private static Optional<Instant> time(JsonNode message, Reading reading) {
        Optional<Instant> time = Values.member(message, "date_unixtime").flatMap(Values::seconds);
        return time.isPresent()
                ? time
                : Values.text(message, "date").flatMap(Telegram::local).map(local -> reading
                        .options().zone().map(zone -> local.atZone(zone).toInstant()).orElseThrow(() -> reading.needs(
                                Parameter.ZONE,
                                "has times without a zone, such as " + local
                                        + "; say in which zone they were written")));
    }

    private static Optional<LocalDateTime> local(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text));
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }
}
