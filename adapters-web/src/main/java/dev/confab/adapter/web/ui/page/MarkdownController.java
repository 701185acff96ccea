package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.document.DocumentFormat;
import dev.confab.adapter.web.document.DocumentNames;
import dev.confab.adapter.web.document.MarkdownDocument;
import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.application.Conversations;
import dev.confab.application.Transfer;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A conversation as a Markdown file to read, written while it is read from the store. It is not for importing. */
@Controller
final class MarkdownController {
    private final Transfer transfer;
    private final Conversations conversations;

    MarkdownController(Transfer transfer, Conversations conversations) {
        this.transfer = transfer;
        this.conversations = conversations;
    }

    @GetMapping(UiPaths.CONVERSATION + "/markdown")
    void markdown(OwnerId owner, @PathVariable ConversationId conversationId, HttpServletResponse response)
            throws IOException {
        String fileName = DocumentNames.fileName(conversations.get(owner, conversationId), "",
                DocumentFormat.MARKDOWN);
        response.setContentType(DocumentFormat.MARKDOWN.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(fileName, StandardCharsets.UTF_8).build().toString());
        var document = new MarkdownDocument(
                new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        transfer.export(owner, conversationId, document);
        document.end();
    }
}
