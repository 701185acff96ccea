package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.conversation.ListPlaces;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.ui.view.ConversationView;
import dev.confab.application.Conversations;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The list of conversations: those that are pinned on top of its first page, then the latest. */
@Component
final class Lists {
    private static final int PAGE = 40;
    private final Conversations conversations;

    Lists(Conversations conversations) {
        this.conversations = conversations;
    }

    /** @param open the conversation that is shown beside the list */
    void addFirstPageTo(Model model, OwnerId owner, ListKind kind, Optional<ConversationId> open, PageRequest page) {
        model.addAttribute("open", open.map(ConversationId::toString).orElse(""));
        addFirstPageTo(model, owner, kind, new TreeSet<>(), page);
    }

    void addFirstPageTo(Model model, OwnerId owner, ListKind kind, SortedSet<String> labels, PageRequest page) {
        List<Conversation> pinned = kind == ListKind.LIVE
                ? conversations.list(owner, new ListQuery(kind.sort(), filter(kind, Optional.of(true), labels),
                        ListQuery.MAX_LIMIT, Optional.empty())).items()
                : List.of();
        model.addAttribute("pinned", ConversationView.of(pinned));
        model.addAttribute("kinds", List.of(ListKind.values()));
        addPageTo(model, owner, kind, labels, page);
    }

    void addPageTo(Model model, OwnerId owner, ListKind kind, SortedSet<String> labels, PageRequest request) {
        String listing = "page of conversations " + kind + " " + labels + " of " + owner;
        Optional<Boolean> pinned = kind == ListKind.LIVE ? Optional.of(false) : Optional.empty();
        Page<Conversation, ListQuery.Key> page = conversations.list(owner,
                new ListQuery(kind.sort(), filter(kind, pinned, labels), PAGE, ListPlaces.after(request, listing)));
        model.addAttribute("kind", kind.code());
        model.addAttribute("labels", labels);
        model.addAttribute("label", labels.isEmpty() ? "" : labels.first());
        model.addAttribute("items", ConversationView.of(page.items()));
        model.addAttribute("next", page.next().map(key -> ListPlaces.next(request, listing, key)).orElse(""));
    }

    private static ListFilter filter(ListKind kind, Optional<Boolean> pinned, SortedSet<String> labels) {
        return new ListFilter(kind.archived(), pinned, labels, Metadata.EMPTY);
    }
}
