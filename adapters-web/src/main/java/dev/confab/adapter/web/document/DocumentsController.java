package dev.confab.adapter.web.document;

import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.application.Conversations;
import dev.confab.application.Transfer;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Documents of conversations, to be saved. */
@RestController
final class DocumentsController {
    /** If a browser shows the file all the same, nothing in it runs. */
    private static final String POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private final Transfer transfer;
    private final Conversations conversations;

    DocumentsController(Transfer transfer, Conversations conversations) {
        this.transfer = transfer;
        this.conversations = conversations;
    }

    @GetMapping(ApiPaths.CONVERSATION + "/document")
    void document(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Optional<String> format, HttpMethod method, HttpServletResponse response)
            throws IOException {
        DocumentFormat chosen = DocumentFormat.named(format);
        Conversation head = conversations.get(owner, conversationId);
        begin(response, chosen.mediaType(), DocumentNames.fileName(head, "", chosen));
        if (method.equals(HttpMethod.HEAD)) {
            return;
        }
        Document document = chosen.on(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        transfer.export(owner, conversationId, document);
        document.end();
    }

    /** In the order of their creation, which no change shifts while they are read. */
    @GetMapping(ApiPaths.API + "/documents")
    void documents(OwnerId owner, @RequestParam Optional<String> format, HttpMethod method,
            HttpServletResponse response) throws IOException {
        DocumentFormat chosen = DocumentFormat.named(format);
        begin(response, "application/zip", "conversations.zip");
        if (method.equals(HttpMethod.HEAD)) {
            return;
        }
        var zip = new DocumentZip(transfer, chosen, response.getOutputStream());
        Optional<ListQuery.Key> after = Optional.empty();
        do {
            Page<Conversation, ListQuery.Key> page = conversations.list(owner,
                    new ListQuery(ListQuery.Sort.CREATED, ListQuery.MAX_LIMIT, after));
            for (Conversation head : page.items()) {
                zip.add(owner, head.id());
            }
            after = page.next();
        } while (after.isPresent());
        zip.end();
    }

    private static void begin(HttpServletResponse response, String mediaType, String fileName) {
        response.setContentType(mediaType);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(fileName, StandardCharsets.UTF_8).build().toString());
    }
}
