package dev.confab.adapter.web.transfer;

import dev.confab.adapter.web.conversation.ConversationJson;
import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.application.Conversations;
import dev.confab.application.Transfer;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.archive.MessageSpool;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.core.JsonPointer;

/** Exports and imports whole conversations, as streams: neither direction holds the JSON text in memory. */
@RestController
final class TransferController {
    private final Transfer transfer;
    private final Conversations conversations;
    private final MessageSpool spool;

    TransferController(Transfer transfer, Conversations conversations, MessageSpool spool) {
        this.transfer = transfer;
        this.conversations = conversations;
        this.spool = spool;
    }

    /** Runs before the body of an import is bound. */
    @ModelAttribute
    void provideSpool(WebRequest request) {
        request.setAttribute(ImportedMessages.SPOOL, spool, RequestAttributes.SCOPE_REQUEST);
    }

    @GetMapping(path = ApiPaths.CONVERSATION + "/export", produces = MediaType.APPLICATION_JSON_VALUE)
    void export(OwnerId owner, @PathVariable ConversationId conversationId, HttpMethod method,
            HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        if (method.equals(HttpMethod.HEAD)) {
            conversations.get(owner, conversationId);
            return;
        }
        var export = new ExportWriter(response.getOutputStream());
        transfer.export(owner, conversationId, export);
        export.end();
    }

    @PostMapping(path = ApiPaths.CONVERSATIONS + "/import", produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<ConversationJson> importing(FencingToken token, @RequestParam Optional<OnConflict> onConflict,
            @JsonBody(streamed = true) ImportedExport body) {
        try {
            return ConversationJson.created(transfer.importConversation(token, body.imported(),
                    onConflict.orElse(OnConflict.REFUSE)));
        } catch (InvalidValue refused) {
            throw ProblemException.invalid(pointer(refused.field()), refused.reason());
        }
    }

    /** How far a fork or an import has come that takes more than one commit, for a client that waits for it. */
    @GetMapping(path = ApiPaths.CONVERSATION + "/progress", produces = MediaType.APPLICATION_JSON_VALUE)
    ProgressJson progress(OwnerId owner, @PathVariable ConversationId conversationId) {
        return new ProgressJson(transfer.staged(owner, conversationId)
                .orElseThrow(() -> new ConversationNotFound(conversationId)));
    }

    /** @param messages how many are stored so far */
    record ProgressJson(int messages) {
    }

    /** The fields of messages are named from the root, those of the head from the head. */
    private static JsonPointer pointer(String field) {
        String member = field.replaceFirst("^origin/", "forkedFrom/");
        return JsonPointer.compile((member.startsWith("messages/") ? "/" : "/conversation/") + member);
    }
}
