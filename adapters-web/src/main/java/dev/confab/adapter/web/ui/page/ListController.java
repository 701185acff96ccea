package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.request.ConversationFilter;
import dev.confab.adapter.web.request.PageRequest;
import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.adapter.web.ui.view.HitView;
import dev.confab.application.Conversations;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchFilter;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list beside a page, and what a search finds, which takes its place. */
@Controller
final class ListController {
    private static final int HITS = 30;
    private final Conversations conversations;
    private final Lists lists;
    private final Shell shell;

    ListController(Conversations conversations, Lists lists, Shell shell) {
        this.conversations = conversations;
        this.lists = lists;
        this.shell = shell;
    }

    /** @param open the id of the conversation beside the list, which is marked in it */
    @GetMapping(path = UiPaths.CHAT + "/list", produces = MediaType.TEXT_HTML_VALUE)
    String list(OwnerId owner, @RequestParam Optional<ListKind> view, ConversationFilter.Labels labels,
            @RequestParam Optional<String> open, PageRequest page, Model model) {
        ListKind kind = view.orElse(ListKind.LIVE);
        model.addAttribute("open", open.orElse(""));
        if (page.cursor().isPresent()) {
            lists.addPageTo(model, owner, kind, labels.all(), page);
            return "chat/list :: page";
        }
        lists.addFirstPageTo(model, owner, kind, labels.all(), page);
        return "chat/list :: list";
    }

    /** What begins with the last word is found too, from its second letter on. */
    @GetMapping(path = UiPaths.CHAT + "/search", produces = MediaType.TEXT_HTML_VALUE)
    String search(OwnerId owner, @RequestParam String q, ConversationFilter.Labels labels,
            @RequestParam Optional<String> role, @RequestParam Optional<String> author,
            @RequestParam Optional<String> from, @RequestParam Optional<String> to, PageRequest request, Model model) {
        if (q.isBlank()) {
            lists.addFirstPageTo(model, owner, ListKind.LIVE, labels.all(), request);
            model.addAttribute("open", "");
            return "chat/list :: list";
        }
        try {
            var filter = new SearchFilter(Optional.empty(), labels.all(), present(role).map(ListController::role),
                    present(author).map(Author::new), present(from).map(day -> start(day, 0)),
                    present(to).map(day -> start(day, 1)));
            Page<SearchHit, SearchQuery.Key> page = find(owner, q.strip(), filter);
            model.addAttribute("hits", page.items().stream().map(HitView::of).toList());
            model.addAttribute("partial", page.partial());
            model.addAttribute("more", page.next().isPresent());
            model.addAttribute("advice", "");
        } catch (InvalidValue refused) {
            model.addAttribute("hits", List.of());
            model.addAttribute("partial", false);
            model.addAttribute("more", false);
            model.addAttribute("advice", refused.reason());
        }
        return "chat/search :: hits";
    }

    private Page<SearchHit, SearchQuery.Key> find(OwnerId owner, String words, SearchFilter filter) {
        try {
            return conversations.search(owner, new SearchQuery(words, true, filter, HITS, Optional.empty()));
        } catch (InvalidValue oneLetter) {
            return conversations.search(owner, new SearchQuery(words, false, filter, HITS, Optional.empty()));
        }
    }

    /** The state of the store, which a page asks for again and again. */
    @GetMapping(path = UiPaths.CHAT + "/status", produces = MediaType.TEXT_HTML_VALUE)
    String status(Model model) {
        shell.addStatusTo(model);
        return "chat/shell :: status";
    }

    private static Optional<String> present(Optional<String> field) {
        return field.filter(text -> !text.isBlank());
    }

    private static Role role(String name) {
        return List.of(Role.values()).stream().filter(role -> role.name().equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new InvalidValue("role", "there is no such role"));
    }

    /** The beginning of a day in UTC, or of one after it. */
    private static Instant start(String day, int daysLater) {
        try {
            return LocalDate.parse(day).plusDays(daysLater).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException malformed) {
            throw new InvalidValue("from", "a day is written as 2026-01-31");
        }
    }
}
