package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.json.JsonCursor;
import dev.confab.adapter.chatexport.json.JsonShape;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.json.Values;
import dev.confab.adapter.chatexport.tree.ChatBuilder;
import dev.confab.adapter.chatexport.tree.Node;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * ShareGPT, the form of many training sets: turns without ids and times. Ids of conversations repeat within a file and between files, so a
 * conversation is known by its id, its first turn, and how many with both are before it in the file.
 */
final class ShareGpt extends JsonFormat {
    private static final Map<String, Role> ROLES = Map.ofEntries(Map.entry("human", Role.USER),
            Map.entry("user", Role.USER), Map.entry("gpt", Role.ASSISTANT), Map.entry("chatgpt", Role.ASSISTANT),
            Map.entry("bing", Role.ASSISTANT), Map.entry("bard", Role.ASSISTANT),
            Map.entry("assistant", Role.ASSISTANT), Map.entry("system", Role.SYSTEM), Map.entry("tool", Role.TOOL),
            Map.entry("function", Role.TOOL));
    private static final int TITLE_LENGTH = 80;
    private static final int DIGEST_LENGTH = 32;

    @Override
    public String name() {
        return "sharegpt";
    }

    @Override
    public String lookedFor() {
        return "JSON with \"conversations\" or \"items\" that have \"from\" and \"value\"";
    }

    @Override
    boolean hasChats(JsonShape shape) {
        return Stream.of("conversations[]", "items[]", "messages[]").flatMap(list -> Stream.of("", "[].").map(
                root -> root + list)).anyMatch(list -> shape.hasOneOf(list + ".from", list + ".role")
                        && shape.hasOneOf(list + ".value", list + ".content", list + ".text"));
    }

    @Override
    void read(JsonCursor json, Contents contents, Reading reading) {
        var seen = new HashMap<String, Integer>();
        eachChat(json, "", reading, (at, pointer, chat) -> chat(at, pointer, chat, seen));
    }

    private static void chat(JsonCursor json, String pointer, ChatBuilder chat, Map<String, Integer> seen) {
        var first = new AtomicReference<>("");
        json.members(name -> {
            switch (name) {
                case "id" -> chat.id(Values.id(json.tree()));
                case "conversations", "items", "messages" -> json.elements(pointer + "/" + name,
                        at -> chat.add(turn(json.tree(), json.place(at), at, chat, first)), chat::refuse);
                default -> leaveOut(name, json, chat);
            }
        });
        if (chat.isEmpty()) {
            throw new Refused("has no \"conversations\", where its messages should be");
        }
        String digest = Digest.of("first turn").field(first.get()).build().hex().substring(0, DIGEST_LENGTH);
        String known = chat.id().map(id -> id.substring(0, Math.min(id.length(), 200)) + ":").orElse("") + digest;
        int before = seen.merge(known, 1, Integer::sum) - 1;
        chat.id(Optional.of(before == 0 ? known : known + ":" + before));
    }

    /** A turn is known by its number. */
    private static Node turn(JsonNode turn, String place, String pointer, ChatBuilder chat,
            AtomicReference<String> first) {
        int number = Integer.parseInt(pointer.substring(pointer.lastIndexOf('/') + 1)) + 1;
        String from = Values.text(turn, "from").or(() -> Values.text(turn, "role")).orElse("none");
        Role role = Optional.ofNullable(ROLES.get(from)).orElseThrow(() -> new Refused(
                "is from " + from + ", who must be one of " + String.join(", ", ROLES.keySet().stream().sorted()
                        .toList())));
        String name = Stream.of("value", "content", "text")
                .filter(each -> Values.member(turn, each).filter(JsonNode::isString).isPresent()).findFirst()
                .orElseThrow(() -> new Refused("has no text \"value\""));
        String text = turn.get(name).stringValue();
        if (chat.first().isEmpty()) {
            first.set(text);
        }
        if (role == Role.USER) {
            chat.titleIfAbsent(title(text));
        }
        ((ObjectNode) turn).remove(name);
        return new Node(Integer.toString(number), number == 1
                ? Optional.empty()
                : Optional.of(
                        Integer.toString(number - 1)),
                place,
                Optional.of(new Content(role, Optional.empty(), text, Optional.empty(), true, (ObjectNode) turn)));
    }

    private static Optional<String> title(String question) {
        String line = String.join(" ", question.strip().split("\\s+", -1));
        return Optional.of(line.substring(0, line.offsetByCodePoints(0,
                Math.min(TITLE_LENGTH, line.codePointCount(0, line.length())))));
    }
}
