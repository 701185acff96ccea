package dev.confab.adapter.chatexport.media;

import dev.confab.domain.statistics.MediaKind;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The kind of a file by its name, its media type, or what stands for it in a text. */
final class FileKinds {
    private static final Map<MediaKind, Set<String>> EXTENSIONS = Map.of(
            MediaKind.IMAGE, Set.of("jpg", "jpeg", "png", "gif", "heic", "heif", "bmp", "tif", "tiff", "svg", "avif"),
            MediaKind.VIDEO, Set.of("mp4", "mov", "3gp", "avi", "mkv", "webm", "m4v"),
            MediaKind.AUDIO, Set.of("opus", "ogg", "mp3", "m4a", "aac", "wav", "amr", "flac"),
            MediaKind.STICKER, Set.of("webp"),
            MediaKind.CONTACT, Set.of("vcf"));
    /** As applications in English write it; others do not tell the kind. */
    private static final Map<String, MediaKind> OMITTED = Map.of("image omitted", MediaKind.IMAGE, "video omitted",
            MediaKind.VIDEO, "gif omitted", MediaKind.VIDEO, "audio omitted", MediaKind.AUDIO, "sticker omitted",
            MediaKind.STICKER, "document omitted", MediaKind.DOCUMENT, "contact card omitted", MediaKind.CONTACT);

    private FileKinds() {
    }

    static MediaKind ofName(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return EXTENSIONS.entrySet().stream().filter(kind -> kind.getValue().contains(extension))
                .map(Map.Entry::getKey).findFirst().orElse(MediaKind.DOCUMENT);
    }

    static MediaKind ofType(String mediaType) {
        return switch (mediaType.toLowerCase(Locale.ROOT).replaceFirst("/.*", "")) {
            case "image" -> MediaKind.IMAGE;
            case "video" -> MediaKind.VIDEO;
            case "audio" -> MediaKind.AUDIO;
            case "text", "application" -> MediaKind.DOCUMENT;
            default -> MediaKind.OTHER;
        };
    }

    static MediaKind ofOmission(String text) {
        return OMITTED.getOrDefault(text.replace("\u200E", "").strip().toLowerCase(Locale.ROOT), MediaKind.OTHER);
    }
}
