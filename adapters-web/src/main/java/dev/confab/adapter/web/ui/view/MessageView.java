package dev.confab.adapter.web.ui.view;

import dev.confab.adapter.web.ui.markdown.Markdown;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import java.util.List;
import java.util.Locale;

/**
 * A message as a page shows it.
 *
 * @param who the author, or the role where there is none
 * @param html sanitized; empty for a removed message and for the result of a tool, which is shown as it is
 * @param plain the text of a tool's result, or what is shown of a text that is too long to be rendered
 * @param isCut whether more text follows
 * @param data JSON text
 * @param incomplete why an answer is not whole; empty if it is
 */
public record MessageView(String id, int position, String role, String who, String createdAt, boolean isEdited,
        boolean isRemoved, long version, String html, String plain, boolean isCut, String data, String incomplete) {
    /** In characters. A longer text is shown as it is, and only its beginning: a person can ask for the rest. */
    public static final int MAX_SHOWN = 40_000;

    public static MessageView of(Message message) {
        boolean isCut = message.text().length() > MAX_SHOWN;
        boolean isPlain = isCut || message.role() == Role.TOOL;
        return new MessageView(message.id().toString(), message.position(),
                message.role().name().toLowerCase(Locale.ROOT), who(message), message.createdAt().toString(),
                message.editedAt().isPresent(), message.isRemoved(), message.version().value(),
                isPlain ? "" : Markdown.html(message.text()), isPlain ? beginning(message.text()) : "", isCut,
                message.data().orElse(""), message.incomplete().map(MessageView::reason).orElse(""));
    }

    public static List<MessageView> of(List<Message> messages) {
        return messages.stream().map(MessageView::of).toList();
    }

    private static String who(Message message) {
        return message.author().map(Message.Author::name).orElseGet(() -> switch (message.role()) {
            case USER -> "You";
            case ASSISTANT -> "Assistant";
            case SYSTEM -> "System";
            case TOOL -> "Tool";
        });
    }

    private static String reason(IncompleteReason reason) {
        if (reason.equals(IncompleteReason.CANCELLED)) {
            return "Stopped before it was complete.";
        }
        return reason.equals(IncompleteReason.LENGTH)
                ? "The model ended the answer at its limit of length."
                : "The answer is not complete: " + reason.code().replace('-', ' ') + ".";
    }

    private static String beginning(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
        return text.substring(0, end);
    }
}
