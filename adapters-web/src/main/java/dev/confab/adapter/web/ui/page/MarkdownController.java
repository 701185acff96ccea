package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.adapter.web.ui.view.ConversationView;
import dev.confab.adapter.web.ui.view.MessageView;
import dev.confab.application.Conversations;
import dev.confab.application.Transfer;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
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
        String title = ConversationView.of(conversations.get(owner, conversationId)).title();
        response.setContentType("text/markdown;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                .filename(title.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", " ").strip() + ".md", StandardCharsets.UTF_8)
                .build().toString());
        try (var out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            transfer.export(owner, conversationId, new MarkdownWriter(out));
        }
    }

    private record MarkdownWriter(Writer out) implements Transfer.Sink {
        @Override
        public void conversation(Conversation head) {
            write("# " + ConversationView.of(head).title() + "\n");
        }

        @Override
        public void message(Message message) {
            if (message.isRemoved()) {
                return;
            }
            String text = message.text();
            write("\n## " + MessageView.of(message).who() + " · " + message.createdAt() + "\n\n" + text
                    + (text.endsWith("\n") ? "" : "\n"));
        }

        private void write(String text) {
            try {
                out.write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
