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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** LibreChat: a file for each conversation, with its messages in a flat list or nested in each other. */
final class LibreChat extends JsonFormat {
    @Override
    public String name() {
        return "librechat";
    }

    @Override
    public String lookedFor() {
        return "JSON with \"conversationId\" and \"messages\" or \"messagesTree\"";
    }

    @Override
    boolean hasChats(JsonShape shape) {
        return shape.has("conversationId") && shape.hasOneOf("messages", "messagesTree");
    }

    @Override
    void read(JsonCursor json, Contents contents, Reading reading) {
        eachChat(json, "", reading, LibreChat::chat);
    }

    private static void chat(JsonCursor json, String pointer, ChatBuilder chat) {
        var number = new AtomicInteger();
        json.members(name -> {
            switch (name) {
                case "conversationId" -> chat.id(Values.id(json.tree()));
                case "title" -> chat.title(Values.text(json.tree()));
                case "messages", "messagesTree" -> json.nested("children", message -> {
                    String place = json.place(pointer + "/" + name) + " message " + number.incrementAndGet();
                    try {
                        chat.add(node(message, place));
                    } catch (Refused refused) {
                        chat.refuse(place, refused.reason());
                    }
                });
                default -> leaveOut(name, json, chat);
            }
        });
    }

    private static Node node(ObjectNode message, String place) {
        String id = Values.id(message, "messageId").orElseThrow(() -> new Refused("has no messageId"));
        boolean isUser = Values.isTrue(message, "isCreatedByUser");
        String text = Values.text(message, "text").orElseGet(() -> parts(message));
        Optional<String> author = isUser
                ? Optional.empty()
                : Values.text(message, "model").or(() -> Values.text(message, "sender"));
        message.remove("text");
        return new Node(id, Values.id(message, "parentMessageId"), place,
                Optional.of(new Content(isUser ? Role.USER : Role.ASSISTANT, author, text,
                        Values.member(message, "createdAt").flatMap(Values::time), true, message)));
    }

    /** A message with tools or thoughts has its text in parts. */
    private static String parts(JsonNode message) {
        return Values.elements(message, "content").flatMap(part -> Values.member(part, "text").stream())
                .flatMap(text -> Stream.concat(Values.text(text).stream(), Values.text(text, "value").stream()))
                .collect(Collectors.joining("\n\n"));
    }
}
