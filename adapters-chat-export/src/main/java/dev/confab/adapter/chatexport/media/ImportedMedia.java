package dev.confab.adapter.chatexport.media;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.statistics.MediaFinder;
import dev.confab.domain.statistics.MediaKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the member {@code chatExport} of a message's data, as an import wrote it: the files of WhatsApp, Telegram, Slack, ChatGPT and
 * Claude. Data of other shapes, also those that a client wrote under the same name, tell of no file.
 */
public final class ImportedMedia implements MediaFinder {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public Found find(Message message) {
        return message.data().filter(data -> data.contains("\"chatExport\"")).flatMap(ImportedMedia::parsed)
                .map(export -> find(export.path("source").asString(""), export.path("message"), message.text()))
                .orElse(Found.NOTHING);
    }

    private static Optional<JsonNode> parsed(String data) {
        try {
            return Optional.of(JSON.readTree(data).path("chatExport"));
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    private static Found find(String source, JsonNode message, String text) {
        return switch (source) {
            case "whatsapp" -> whatsApp(message, text);
            case "telegram" -> found(telegram(message).stream());
            case "slack" ->
                found(elements(message.path("files")).map(file -> FileKinds.ofType(text(file, "mimetype"))));
            case "chatgpt" -> found(chatGpt(message));
            case "claude" -> found(Stream.concat(elements(message.path("attachments")), elements(message.path("files")))
                    .map(file -> FileKinds.ofName(text(file, "file_name"))));
            default -> Found.NOTHING;
        };
    }

    private static Found found(Stream<MediaKind> kinds) {
        return new Found(kinds.toList(), false);
    }

    /** Its texts name the file in their first line. */
    private static Found whatsApp(JsonNode message, String text) {
        String file = text(message, "file");
        if (!file.isEmpty()) {
            return new Found(List.of(FileKinds.ofName(file)), true);
        }
        return message.path("omitted").asBoolean(false)
                ? new Found(List.of(FileKinds.ofOmission(text)), true)
                : Found.NOTHING;
    }

    private static Optional<MediaKind> telegram(JsonNode message) {
        return switch (text(message, "media_type")) {
            case "sticker" -> Optional.of(MediaKind.STICKER);
            case "voice_message", "audio_file" -> Optional.of(MediaKind.AUDIO);
            case "video_message", "video_file", "animation" -> Optional.of(MediaKind.VIDEO);
            default -> {
                if (message.has("photo")) {
                    yield Optional.of(MediaKind.IMAGE);
                }
                if (message.has("contact_information")) {
                    yield Optional.of(MediaKind.CONTACT);
                }
                yield message.has("file")
                        ? Optional.of(FileKinds.ofType(text(message, "mime_type")))
                        : Optional.empty();
            }
        };
    }

    /** Images that a model shows are parts of the content; what a person sends is also among the attachments. */
    private static Stream<MediaKind> chatGpt(JsonNode message) {
        List<MediaKind> attached = elements(message.path("metadata").path("attachments"))
                .map(file -> FileKinds.ofType(text(file, "mime_type"))).toList();
        return attached.isEmpty()
                ? elements(message.path("content").path("parts"))
                        .filter(part -> text(part, "content_type").equals("image_asset_pointer"))
                        .map(_ -> MediaKind.IMAGE)
                : attached.stream();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }
}
