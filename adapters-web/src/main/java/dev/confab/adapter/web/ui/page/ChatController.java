package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.adapter.web.ui.view.ConversationView;
import dev.confab.adapter.web.ui.view.MessageView;
import dev.confab.adapter.web.ui.view.TurnsView;
import dev.confab.adapter.web.ui.view.WindowView;
import dev.confab.application.Messages;
import dev.confab.application.Turns;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of a new conversation, that of a conversation, and the parts of it that follow the store. */
@Controller
final class ChatController {
    /** How many messages a page begins with, and how many more it gets when a person scrolls. */
    private static final int WINDOW = 50;

    private final Messages messages;
    private final Turns turns;
    private final Shell shell;
    private final Lists lists;

    ChatController(Messages messages, Turns turns, Shell shell, Lists lists) {
        this.messages = messages;
        this.turns = turns;
        this.shell = shell;
        this.lists = lists;
    }

    @GetMapping(path = UiPaths.CHAT, produces = MediaType.TEXT_HTML_VALUE)
    String start(OwnerId owner, @RequestParam Optional<ListKind> view, PageRequest page, Model model) {
        shell.addTo(model, "New conversation");
        lists.addFirstPageTo(model, owner, view.orElse(ListKind.LIVE), Optional.empty(), page);
        return "chat/start";
    }

    /** @param message to begin with; without it the page begins with the latest messages */
    @GetMapping(path = UiPaths.CONVERSATION, produces = MediaType.TEXT_HTML_VALUE)
    String conversation(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Optional<MessageId> message, PageRequest page, Model model) {
        ConversationWindow window = message.map(id -> around(owner, conversationId, id))
                .orElseGet(() -> messages.read(owner, conversationId, Window.last(WINDOW)));
        addTo(model, owner, window);
        model.addAttribute("found", message.map(MessageId::toString).orElse(""));
        shell.addTo(model, ConversationView.of(window.conversation()).title());
        lists.addFirstPageTo(model, owner, ListKind.LIVE, Optional.of(conversationId), page);
        return "chat/conversation";
    }

    private void addTo(Model model, OwnerId owner, ConversationWindow window) {
        model.addAttribute("conversation", ConversationView.of(window.conversation()));
        model.addAttribute("window", WindowView.of(window));
        model.addAttribute("turns", TurnsView.of(turns.list(owner, window.conversation().id())));
    }

    /** Some messages before this one, and those that follow it. */
    private ConversationWindow around(OwnerId owner, ConversationId id, MessageId messageId) {
        int position = messages.read(owner, id, messageId).messages().getFirst().position();
        return messages.read(owner, id, Window.after(Math.max(0, position - WINDOW / 4), WINDOW));
    }

    /** Messages before or after a position. */
    @GetMapping(path = UiPaths.CONVERSATION + "/messages", produces = MediaType.TEXT_HTML_VALUE)
    String messages(OwnerId owner, @PathVariable ConversationId conversationId, @RequestParam Optional<Integer> before,
            @RequestParam Optional<Integer> after, Model model) {
        Window window = before
                .map(position -> new Window(0, Math.max(1, position), WINDOW, Window.Order.DESCENDING))
                .orElseGet(() -> Window.after(after.orElse(0), WINDOW));
        model.addAttribute("window", WindowView.of(messages.read(owner, conversationId, window)));
        return "chat/messages :: messages";
    }

    /**
     * What has changed since a version, of the messages that the page shows. Of a conversation that is gone, it says that.
     *
     * @param first position that the page shows
     * @param last position that the page shows
     */
    @GetMapping(path = UiPaths.CONVERSATION + "/updates", produces = MediaType.TEXT_HTML_VALUE)
    String updates(OwnerId owner, @PathVariable ConversationId conversationId, @RequestParam Optional<Integer> since,
            @RequestParam Optional<Integer> first, @RequestParam Optional<Integer> last,
            @RequestParam Optional<Boolean> end, Model model) {
        Changes changes;
        try {
            changes = messages.changesSince(owner, conversationId, since.orElse(0));
        } catch (ConversationNotFound gone) {
            return "chat/updates :: gone";
        }
        int to = end.orElse(true) ? Integer.MAX_VALUE : last.orElse(0);
        List<Message> shown = changes.messages().stream()
                .filter(message -> message.position() >= first.orElse(0) && message.position() <= to).toList();
        model.addAttribute("conversation", ConversationView.of(changes.conversation()));
        model.addAttribute("messages", MessageView.of(shown));
        model.addAttribute("reset", changes.reset());
        model.addAttribute("turns", TurnsView.of(turns.list(owner, conversationId)));
        return "chat/updates :: updates";
    }
}
