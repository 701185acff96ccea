package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.adapter.web.ui.view.ConversationView;
import dev.confab.application.Conversations;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What a person opens beside a conversation: its title to be changed, its labels, the settings of the assistant, its forks. */
@Controller
final class PanelsController {
    /** No index finds the forks of a conversation, so they are looked for among so many conversations, the latest first. */
    private static final int SEARCHED = 1_000;

    private final Conversations conversations;
    private final PageSessions sessions;

    PanelsController(Conversations conversations, PageSessions sessions) {
        this.conversations = conversations;
        this.sessions = sessions;
    }

    @GetMapping(path = UiPaths.CONVERSATION + "/title", produces = MediaType.TEXT_HTML_VALUE)
    String title(OwnerId owner, @PathVariable ConversationId conversationId, Model model) {
        model.addAttribute("conversation", ConversationView.of(conversations.get(owner, conversationId)));
        return "chat/panels :: title";
    }

    @GetMapping(path = UiPaths.CONVERSATION + "/labels", produces = MediaType.TEXT_HTML_VALUE)
    String labels(OwnerId owner, @PathVariable ConversationId conversationId, Model model) {
        model.addAttribute("conversation", ConversationView.of(conversations.get(owner, conversationId)));
        return "chat/panels :: labels";
    }

    @GetMapping(path = UiPaths.CONVERSATION + "/assistant", produces = MediaType.TEXT_HTML_VALUE)
    String assistant(OwnerId owner, @PathVariable ConversationId conversationId, Model model) {
        Conversation head = conversations.get(owner, conversationId);
        Optional<Session> session = sessions.existing(owner, conversationId);
        model.addAttribute("conversation", ConversationView.of(head));
        model.addAttribute("sessionId", session.map(found -> found.id().toString()).orElse(""));
        model.addAttribute("modelName", session.flatMap(Session::model).orElse(""));
        model.addAttribute("instructions", session.flatMap(Session::instructions).orElse(""));
        return "chat/panels :: assistant";
    }

    /** Where the conversation was forked from, what else was, and what was forked from it. */
    @GetMapping(path = UiPaths.CONVERSATION + "/forks", produces = MediaType.TEXT_HTML_VALUE)
    String forks(OwnerId owner, @PathVariable ConversationId conversationId, Model model) {
        Conversation head = conversations.get(owner, conversationId);
        Optional<ConversationId> source = head.origin().map(origin -> origin.conversationId());
        List<Conversation> others = latest(owner).stream().filter(other -> !other.id().equals(conversationId)).toList();
        model.addAttribute("source", source.flatMap(id -> find(owner, id)).map(ConversationView::of).orElse(null));
        model.addAttribute("hasSource", source.isPresent());
        model.addAttribute("siblings", ConversationView.of(others.stream()
                .filter(other -> source.isPresent() && isForkOf(other, source.get())).toList()));
        model.addAttribute("forks", ConversationView.of(others.stream()
                .filter(other -> isForkOf(other, conversationId)).toList()));
        model.addAttribute("searched", SEARCHED);
        return "chat/panels :: forks";
    }

    private static boolean isForkOf(Conversation fork, ConversationId source) {
        return fork.origin().filter(origin -> origin.conversationId().equals(source)).isPresent();
    }

    private Optional<Conversation> find(OwnerId owner, ConversationId id) {
        try {
            return Optional.of(conversations.get(owner, id));
        } catch (ConversationNotFound gone) {
            return Optional.empty();
        }
    }

    private List<Conversation> latest(OwnerId owner) {
        var all = new ArrayList<Conversation>();
        Optional<ListQuery.Key> after = Optional.empty();
        do {
            Page<Conversation, ListQuery.Key> page = conversations.list(owner,
                    new ListQuery(ListQuery.Sort.UPDATED, ListQuery.MAX_LIMIT, after));
            all.addAll(page.items());
            after = page.next();
        } while (after.isPresent() && all.size() < SEARCHED);
        return all;
    }
}
