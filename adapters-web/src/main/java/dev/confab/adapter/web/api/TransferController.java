package dev.confab.adapter.web.api;

import dev.confab.application.Conversations;
import dev.confab.application.Transfer;
import dev.confab.application.Transfer.OnConflict;
import dev.confab.domain.conversation.ConversationId;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes conversations out and in, whole, without holding their text twice. */
@Hidden // described in openapi.yaml
@RestController
final class TransferController {
    private final Transfer transfer;
    private final Conversations conversations;
    private final CurrentOwner owner;
    private final WebSettings settings;

    TransferController(Transfer transfer, Conversations conversations, CurrentOwner owner, WebSettings settings) {
        this.transfer = transfer;
        this.conversations = conversations;
        this.owner = owner;
        this.settings = settings;
    }

    @GetMapping(path = ApiPaths.CONVERSATION + "/export", produces = MediaType.APPLICATION_JSON_VALUE)
    void export(@PathVariable String conversationId, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Query.none(request);
        var id = ConversationId.parse(conversationId);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        if (request.getMethod().equals("HEAD")) {
            conversations.get(owner.get(), id);
            return;
        }
        var export = new ExportWriter(response.getOutputStream());
        transfer.export(owner.get(), id, export);
        export.end();
    }

    @PostMapping(path = ApiPaths.CONVERSATIONS + "/import", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ConversationJson> importing(HttpServletRequest request) throws IOException {
        OnConflict onConflict = Query.of(request, "onConflict").text("onConflict").map(text -> {
            if (text.equals("new-id")) {
                return OnConflict.NEW_ID;
            }
            throw ApiException.invalid("onConflict: can only be new-id");
        }).orElse(OnConflict.REFUSE);
        var imported = ImportReader.read(Bodies.stream(request, settings.maxImportBytes()));
        return Answers.made(transfer.importConversation(owner.get(), imported, onConflict));
    }
}
