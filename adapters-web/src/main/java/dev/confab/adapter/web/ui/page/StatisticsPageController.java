package dev.confab.adapter.web.ui.page;

import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.adapter.web.ui.chart.StatisticsCharts;
import dev.confab.adapter.web.ui.view.ConversationView;
import dev.confab.application.Conversations;
import dev.confab.application.Statistics;
import dev.confab.application.Statistics.OfOwner;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.statistics.Period;
import dev.confab.domain.statistics.StatisticsReport;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Statistics as charts, of one conversation and of all. The empty fields of the page's form mean what missing ones mean. */
@Controller
final class StatisticsPageController {
    private final Statistics statistics;
    private final Conversations conversations;
    private final Shell shell;

    StatisticsPageController(Statistics statistics, Conversations conversations, Shell shell) {
        this.statistics = statistics;
        this.conversations = conversations;
        this.shell = shell;
    }

    @GetMapping(path = UiPaths.CONVERSATION + "/statistics", produces = MediaType.TEXT_HTML_VALUE)
    String ofConversation(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Optional<String> zone, @RequestParam Optional<String> from, @RequestParam Optional<String> to,
            Model model) {
        String title = ConversationView.of(conversations.get(owner, conversationId)).title();
        Period period = period(zone, from, to);
        StatisticsReport report = statistics
                .of(owner, conversationId, new Statistics.Request(period, Optional.empty())).report();
        return page(model, title, UiPaths.CHAT + "/" + conversationId, period, report, false);
    }

    @GetMapping(path = UiPaths.CHAT + "/statistics", produces = MediaType.TEXT_HTML_VALUE)
    String ofOwner(OwnerId owner, @RequestParam Optional<String> zone, @RequestParam Optional<String> from,
            @RequestParam Optional<String> to, Model model) {
        Period period = period(zone, from, to);
        OfOwner all = statistics.ofAll(owner, new Statistics.Request(period, Optional.empty()));
        return page(model, "All conversations", UiPaths.CHAT, period, all.report(), all.partial());
    }

    private String page(Model model, String title, String back, Period period, StatisticsReport report,
            boolean partial) {
        shell.addTo(model, "Statistics · " + title);
        model.addAttribute("title", title);
        model.addAttribute("back", back);
        model.addAttribute("partial", partial);
        model.addAttribute("zone", period.zone().getId());
        model.addAttribute("from", period.from().map(LocalDate::toString).orElse(""));
        model.addAttribute("to", period.to().map(LocalDate::toString).orElse(""));
        model.addAttribute("statistics", StatisticsCharts.of(report, period.zone()));
        return "chat/statistics";
    }

    private static Period period(Optional<String> zone, Optional<String> from, Optional<String> to) {
        return new Period(present(zone).map(StatisticsPageController::zone).orElse(ZoneId.of("UTC")),
                present(from).map(text -> day("from", text)), present(to).map(text -> day("to", text)));
    }

    private static Optional<String> present(Optional<String> field) {
        return field.filter(text -> !text.isBlank());
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException malformed) {
            throw new InvalidValue("zone", "must be a time zone, like Europe/Berlin or +02:00");
        }
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException malformed) {
            throw new InvalidValue(field, "must be a date, like 2026-01-31");
        }
    }
}
