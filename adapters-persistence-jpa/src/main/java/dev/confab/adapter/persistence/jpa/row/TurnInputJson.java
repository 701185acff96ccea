package dev.confab.adapter.persistence.jpa.row;

import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of the messages of a turn that waits. The record here defines the stored format, as in {@link ToolRoundsJson}. */
public final class TurnInputJson {
    /** Strict, so that JSON that {@link #write} cannot have written is rejected as damage. */
    private static final JsonMapper MAPPER = MetadataJson.strict()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();
    private static final TypeReference<List<StoredDraft>> DRAFTS = new TypeReference<>() {
    };

    private TurnInputJson() {
    }

    public static String write(List<MessageDraft> messages) {
        return MAPPER.writeValueAsString(messages.stream().map(StoredDraft::of).toList());
    }

    /** Throws a {@link RuntimeException} for JSON that {@link #write} cannot have written. */
    static List<MessageDraft> read(String json) {
        return MAPPER.readValue(json, DRAFTS).stream().map(StoredDraft::toDraft).toList();
    }

    private record StoredDraft(String id, String role, @Nullable String author, String text, @Nullable String data,
            Map<String, String> metadata, @Nullable String createdAt) {
        static StoredDraft of(MessageDraft draft) {
            return new StoredDraft(draft.id().toString(), draft.role().name().toLowerCase(Locale.ROOT),
                    draft.author().map(Author::name).orElse(null), draft.text(), draft.data().orElse(null),
                    draft.metadata().pairs(), draft.createdAt().map(Instant::toString).orElse(null));
        }

        MessageDraft toDraft() {
            return new MessageDraft(MessageId.parse(id), Role.valueOf(role.toUpperCase(Locale.ROOT)),
                    Optional.ofNullable(author).map(Author::new), text, Optional.ofNullable(data),
                    new Metadata(metadata), Optional.ofNullable(createdAt).map(Instant::parse));
        }
    }
}
