package dev.confab.adapter.web.session;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.application.Turns;
import dev.confab.application.Turns.IfBusy;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Turns: starting, reading, cancelling them, and answering their tool calls. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
final class TurnsController {
    private static final int MAX_LIMIT = 100;
    private final Turns turns;

    TurnsController(Turns turns) {
        this.turns = turns;
    }

    @PostMapping(ApiPaths.SESSION + "/turns")
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<TurnJson> start(OwnerId owner, @PathVariable SessionId sessionId, @JsonBody StartTurnJson body,
            IdempotencyKey key) {
        var created = turns.start(owner, sessionId, body.start(key), body.ifBusy().orElse(IfBusy.REJECT));
        return ResponseEntity.status(created.isNew() ? HttpStatus.ACCEPTED : HttpStatus.OK)
                .location(ApiPaths.of(ApiPaths.TURN, created.value().id())).body(TurnJson.from(created.value()));
    }

    /** The latest first. */
    @GetMapping(ApiPaths.CONVERSATION + "/turns")
    PageJson<TurnJson> list(OwnerId owner, @PathVariable ConversationId conversationId, PageRequest page) {
        int limit = page.limitUpTo(MAX_LIMIT);
        String listing = "turns of " + conversationId + " of " + owner;
        List<Turn> rest = after(page.after(listing, place -> TurnId.parse(place[0])),
                turns.list(owner, conversationId));
        List<Turn> shown = rest.subList(0, Math.min(limit, rest.size()));
        return new PageJson<>(shown.stream().map(TurnJson::from).toList(),
                shown.size() == rest.size() ? null : page.next(listing, shown.getLast().id()));
    }

    @GetMapping(ApiPaths.TURN)
    TurnJson get(OwnerId owner, @PathVariable TurnId turnId) {
        return TurnJson.from(turns.get(owner, turnId));
    }

    @PostMapping(ApiPaths.TURN + "/cancel")
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    TurnJson cancel(OwnerId owner, @PathVariable TurnId turnId, @JsonBody(optional = true) NoMembers body) {
        return TurnJson.from(turns.cancel(owner, turnId));
    }

    @PostMapping(ApiPaths.TURN + "/approvals")
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    TurnJson answer(OwnerId owner, @PathVariable TurnId turnId, @JsonBody ApprovalJson body) {
        return TurnJson.from(turns.answer(owner, turnId, body.callId(),
                new Approval(body.approved(), body.reason())));
    }

    /** The body of a request that approves or denies a tool call. */
    record ApprovalJson(String callId, Boolean approved, Optional<String> reason) {
        ApprovalJson {
            var _ = new Approval(approved, reason);
        }
    }

    /** The turns started before the last one of the page before. When that one is no longer stored, those before it are not either. */
    private static List<Turn> after(Optional<TurnId> last, List<Turn> latestFirst) {
        return last.map(id -> latestFirst.stream().dropWhile(turn -> !turn.id().equals(id)).skip(1).toList())
                .orElse(latestFirst);
    }
}
