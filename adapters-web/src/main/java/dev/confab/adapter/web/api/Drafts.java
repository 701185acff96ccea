package dev.confab.adapter.web.api;

import dev.confab.application.NewMessage;
import dev.confab.application.RequestedId;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads drafts of messages. */
final class Drafts {
    static final int MAX_BATCH = 1_000;
    /** Limits are the same whatever the id. */
    private static final MessageId ANY_ID = new MessageId(new UUID(0, 0));

    private Drafts() {
    }

    /** A draft alone in its request, which may also be named by an idempotency key. */
    static NewMessage one(JsonValue value, HttpServletRequest request) {
        return draft(value, Pointer.ROOT, id -> RequestedIds.of(id, request));
    }

    /** A reader of {@code min} to 1000 drafts, no two with the same id. */
    static BiFunction<JsonValue, Pointer, List<NewMessage>> several(int min) {
        return (value, at) -> {
            var drafts = Members.list(min, MAX_BATCH, (item, place) -> draft(item, place, RequestedIds::of)).apply(
                    value,
                    at);
            var seen = new HashMap<RequestedId, Integer>();
            for (int i = 0; i < drafts.size(); i++) {
                if (drafts.get(i).id() instanceof RequestedId.Given given && seen.put(given, i) != null) {
                    throw ApiException.invalid(at.child(i).child("id"), "stands in this batch twice");
                }
            }
            return drafts;
        };
    }

    static Role role(JsonValue value, Pointer at) {
        String name = Members.string(value, at);
        return Arrays.stream(Role.values()).filter(role -> MessageJson.name(role).equals(name)).findFirst()
                .orElseThrow(() -> ApiException.invalid(at, "is none of user, assistant, system, tool"));
    }

    private static NewMessage draft(JsonValue value, Pointer at, Function<Optional<UUID>, RequestedId> naming) {
        var members = Members.of(value, at, "id", "role", "text", "data", "metadata");
        var id = members.optional("id", Members.string(MessageId::parse)).map(MessageId::value);
        Role role = members.required("role", Drafts::role);
        String text = members.required("text", Drafts::text);
        var data = members.optional("data", Drafts::data);
        Metadata metadata = members.optional("metadata", Members::metadata).orElse(Metadata.EMPTY);
        return new NewMessage(naming.apply(id), role, text, data, metadata);
    }

    /** The text of a message. */
    static String text(JsonValue value, Pointer at) {
        return content(Members.string(value, at), Optional.empty());
    }

    private static String data(JsonValue value, Pointer at) {
        String data = Members.data(value, at);
        content("", Optional.of(data));
        return data;
    }

    /** The text, if a draft can hold it and the data: asked here, where the place in the body is known. */
    private static String content(String text, Optional<String> data) {
        return new MessageDraft(ANY_ID, Role.USER, text, data, Metadata.EMPTY).text();
    }
}
