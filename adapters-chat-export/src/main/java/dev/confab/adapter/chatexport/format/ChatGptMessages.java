package dev.confab.adapter.chatexport.format;

import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.adapter.chatexport.json.Values;
import dev.confab.adapter.chatexport.tree.Node.Content;
import dev.confab.domain.conversation.Role;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of ChatGPT.
 *
 * @param assetNames the real names of files, by their ids
 */
record ChatGptMessages(Map<String, String> assetNames) {
    /** What a person does not see as a message. */
    private static final Set<String> CONTEXT = Set.of("user_editable_context", "model_editable_context", "thoughts",
            "reasoning_recap");
    /** A citation is a text between two characters for private use; others of them stand alone. */
    private static final Pattern MARKS = Pattern.compile("\\uE200[^\\uE200\\uE201]{0,2000}+\\uE201|[\\uE200-\\uE2FF]");
    private static final Map<String, Role> ROLES = Map.of("user", Role.USER, "assistant", Role.ASSISTANT, "system",
            Role.SYSTEM, "tool", Role.TOOL);

    Content content(JsonNode message) {
        if (!(message instanceof ObjectNode original)) {
            throw new Refused("has a message that is not a JSON object");
        }
        JsonNode author = Values.member(message, "author").orElseThrow(() -> new Refused("has no author"));
        String roleName = Values.text(author, "role").orElse("none");
        Role role = Optional.ofNullable(ROLES.get(roleName)).orElseThrow(() -> new Refused(
                "has the role " + roleName + ", which must be user, assistant, system or tool"));
        Optional<JsonNode> content = Values.member(message, "content").filter(JsonNode::isObject);
        String type = content.flatMap(c -> Values.text(c, "content_type")).orElse("text");
        Optional<JsonNode> metadata = Values.member(message, "metadata");
        String written = content.map(ChatGptMessages::text).orElse("");
        String text = MARKS.matcher(written).replaceAll("");
        boolean isHidden = metadata.filter(m -> Values.isTrue(m, "is_visually_hidden_from_conversation")).isPresent()
                || CONTEXT.contains(type);
        boolean hasFiles = content.filter(ChatGptMessages::hasFiles).isPresent()
                || metadata.stream().flatMap(m -> Values.elements(m, "attachments")).findAny().isPresent();
        Optional<String> name = role == Role.ASSISTANT
                ? metadata.flatMap(m -> Values.text(m, "model_slug"))
                : Values.text(author, "name");
        return new Content(role, name, text, Values.member(message, "create_time").flatMap(Values::seconds),
                !isHidden && (!text.isBlank() || hasFiles), kept(original, content, text.equals(written)));
    }

    private static String text(JsonNode content) {
        return Stream.concat(Values.elements(content, "parts").flatMap(ChatGptMessages::part),
                Stream.of("text", "result").flatMap(name -> Values.text(content, name).stream()))
                .collect(Collectors.joining("\n\n"));
    }

    private static Stream<String> part(JsonNode part) {
        return part.isString()
                ? Stream.of(part.stringValue()).filter(text -> !text.isEmpty())
                : Values.text(part, "text").stream();
    }

    private static boolean hasFiles(JsonNode content) {
        return Values.elements(content, "parts").anyMatch(part -> Values.text(part, "asset_pointer").isPresent());
    }

    /** Without the text that the message has, and with the real names of its files. */
    private ObjectNode kept(ObjectNode original, Optional<JsonNode> content, boolean isWhole) {
        content.filter(c -> isWhole && Values.elements(c, "parts").allMatch(JsonNode::isString))
                .ifPresent(c -> ((ObjectNode) c).remove("parts"));
        content.filter(c -> isWhole).ifPresent(c -> ((ObjectNode) c).remove("text"));
        var names = original.objectNode();
        content.stream().flatMap(c -> Values.elements(c, "parts"))
                .flatMap(part -> Values.text(part, "asset_pointer").stream())
                .forEach(pointer -> Optional
                        .ofNullable(assetNames.get(pointer.substring(pointer.lastIndexOf('/') + 1)))
                        .ifPresent(name -> names.put(pointer, name)));
        return names.isEmpty() ? original : original.set("assetNames", names);
    }
}
