package dev.confab.adapter.chatexport.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.statistics.MediaFinder.Found;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that the data of imported messages tell of. */
class ImportedMediaTest {

    private static Found find(String text, String data) {
        return new ImportedMedia().find(new Message(new MessageId(new UUID(0x4000, 0x8000000000000000L)), 1, Role.USER,
                text, Optional.of(data), Metadata.EMPTY, Instant.EPOCH, Optional.empty(), Version.FIRST,
                Digest.of("test").build()));
    }

    private static Found export(String source, String text, String message) {
        return find(text, "{\"chatExport\":{\"source\":\"" + source + "\",\"message\":" + message + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"whatsapp|IMG-1.jpg (file attached)|{\"file\":\"IMG-1.jpg\"}|[IMAGE]",
            "whatsapp|<attached: 1.opus>|{\"file\":\"1.OPUS\"}|[AUDIO]",
            "whatsapp|a.pdf|{\"file\":\"a.pdf\"}|[DOCUMENT]",
            "whatsapp|STK.webp|{\"file\":\"STK.webp\"}|[STICKER]", "whatsapp|image omitted|{\"omitted\":true}|[IMAGE]",
            "whatsapp|<Media omitted>|{\"omitted\":true}|[OTHER]", "whatsapp|hello|{\"author\":\"Ann\"}|[]",
            "telegram|hi|{\"photo\":\"(File not included.)\"}|[IMAGE]",
            "telegram|hi|{\"file\":\"x\",\"media_type\":\"voice_message\"}|[AUDIO]",
            "telegram|hi|{\"file\":\"x\",\"mime_type\":\"application/pdf\"}|[DOCUMENT]",
            "telegram|hi|{\"media_type\":\"sticker\"}|[STICKER]", "telegram|hi|{}|[]",
            "slack|hi|{\"files\":[{\"mimetype\":\"image/png\"},{\"mimetype\":\"video/mp4\"}]}|[IMAGE, VIDEO]",
            "chatgpt|hi|{\"metadata\":{\"attachments\":[{\"mime_type\":\"text/plain\"}]}}|[DOCUMENT]",
            "chatgpt|hi|{\"content\":{\"parts\":[{\"content_type\":\"image_asset_pointer\"},\"text\"]}}|[IMAGE]",
            "claude|hi|{\"attachments\":[{\"file_name\":\"a.txt\"}],\"files\":[{\"file_name\":\"b.png\"}]}|[DOCUMENT, IMAGE]",
            "grok|hi|{\"file\":\"a.jpg\"}|[]"})
    void each_application_names_its_files(String source, String text, String message, String kinds) {
        Found found = export(source, text, message);
        assertThat(found.kinds()).hasToString(kinds);
        assertThat(found.standsInText()).isEqualTo(source.equals("whatsapp") && !found.kinds().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"chatExport\":null}", "{\"chatExport\":[1]}", "{\"chatExport\":{\"source\":7}}",
            "{\"chatExport\":{\"source\":\"slack\",\"message\":{\"files\":{}}}}",
            "{\"chatExport\":{\"source\":\"slack\",\"message\":{\"files\":[1]}}}", "{\"other\":1}",
            "{\"a\":{\"chatExport\":{\"source\":\"whatsapp\",\"message\":{\"file\":\"a.jpg\"}}}}"})
    void data_of_another_shape_break_nothing(String data) {
        assertThat(find("hello", data).standsInText()).isFalse();
    }

    @Test
    void a_message_without_data_has_no_file() {
        assertThat(find("hello", "{}")).isEqualTo(Found.NOTHING);
    }
}
