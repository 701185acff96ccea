package dev.confab.adapter.web.api;

import dev.confab.application.RequestedId;
import dev.confab.application.Turns.Start;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.TurnId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Reads what is said to a turn. */
final class TurnRequests {
    private TurnRequests() {
    }

    /** A person's yes or no to one call. */
    record Decision(String callId, Approval approval) {
    }

    /** A prompt, or with {@code regenerate} the last one anew. */
    static Start start(JsonValue body, HttpServletRequest request) {
        var members = Members.of(body, Pointer.ROOT, "id", "text", "messageId", "regenerate");
        var id = members.optional("id", Members.string(TurnId::parse)).map(TurnId::value);
        RequestedId named = RequestedIds.of(id, request);
        if (members.optional("regenerate", Members::flag).orElse(false)) {
            refuse(members, "text");
            refuse(members, "messageId");
            return new Start.Regeneration(named);
        }
        var messageId = members.optional("messageId", Members.string(MessageId::parse)).map(MessageId::value);
        return new Start.Prompt(named, RequestedIds.of(messageId), members.required("text", Drafts::text));
    }

    static Decision decision(JsonValue body) {
        var members = Members.of(body, Pointer.ROOT, "callId", "approved", "reason");
        String callId = members.required("callId", Members::string);
        boolean approved = members.required("approved", Members::flag);
        // Made where the place is known: a reason may be too long.
        var reason = members.optional("reason", Members.string(text -> new Approval(approved, Optional.of(text))));
        return new Decision(callId, reason.orElseGet(() -> new Approval(approved, Optional.empty())));
    }

    private static void refuse(Members members, String name) {
        members.optional(name, (_, at) -> {
            throw ApiException.invalid(at, "cannot stand beside regenerate");
        });
    }
}
