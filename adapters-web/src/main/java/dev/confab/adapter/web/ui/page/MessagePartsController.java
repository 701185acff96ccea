package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.adapter.web.ui.view.MessageView;
import dev.confab.application.Messages;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One message: as it is shown, to be edited, and its whole text. */
@Controller
final class MessagePartsController {
    private static final String MESSAGE = UiPaths.CONVERSATION + "/messages/{messageId}";
    private static final MediaType PLAIN = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private final Messages messages;

    MessagePartsController(Messages messages) {
        this.messages = messages;
    }

    @GetMapping(path = MESSAGE, produces = MediaType.TEXT_HTML_VALUE)
    String shown(OwnerId owner, @PathVariable ConversationId conversationId, @PathVariable MessageId messageId,
            Model model) {
        addTo(model, owner, conversationId, messageId);
        return "chat/messages :: message";
    }

    @GetMapping(path = MESSAGE + "/edit", produces = MediaType.TEXT_HTML_VALUE)
    String edited(OwnerId owner, @PathVariable ConversationId conversationId, @PathVariable MessageId messageId,
            Model model) {
        Message message = addTo(model, owner, conversationId, messageId);
        model.addAttribute("text", message.text());
        return "chat/messages :: edit";
    }

    /** For copying, and for a text that is too long to be rendered. */
    @GetMapping(path = MESSAGE + "/text")
    ResponseEntity<String> text(OwnerId owner, @PathVariable ConversationId conversationId,
            @PathVariable MessageId messageId) {
        return ResponseEntity.ok().contentType(PLAIN).body(read(owner, conversationId, messageId).text());
    }

    private Message addTo(Model model, OwnerId owner, ConversationId conversation, MessageId id) {
        Message message = read(owner, conversation, id);
        model.addAttribute("m", MessageView.of(message));
        return message;
    }

    private Message read(OwnerId owner, ConversationId conversation, MessageId id) {
        return messages.read(owner, conversation, id).messages().getFirst();
    }
}
