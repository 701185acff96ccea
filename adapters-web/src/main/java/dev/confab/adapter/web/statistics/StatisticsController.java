package dev.confab.adapter.web.statistics;

import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.application.Statistics;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.statistics.Period;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is counted in conversations. */
@RestController
final class StatisticsController {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Statistics statistics;

    StatisticsController(Statistics statistics) {
        this.statistics = statistics;
    }

    @GetMapping(path = ApiPaths.CONVERSATION + "/statistics", produces = MediaType.APPLICATION_JSON_VALUE)
    StatisticsJson ofConversation(OwnerId owner, @PathVariable ConversationId conversationId,
            @RequestParam Optional<ZoneId> zone, @RequestParam Optional<LocalDate> from,
            @RequestParam Optional<LocalDate> to, @RequestParam Optional<String> language) {
        var period = new Period(zone.orElse(UTC), from, to);
        return StatisticsJson.of(period,
                statistics.of(owner, conversationId, new Statistics.Request(period, language)));
    }

    @GetMapping(path = ApiPaths.API + "/statistics", produces = MediaType.APPLICATION_JSON_VALUE)
    StatisticsJson ofOwner(OwnerId owner, @RequestParam Optional<ZoneId> zone, @RequestParam Optional<LocalDate> from,
            @RequestParam Optional<LocalDate> to, @RequestParam Optional<String> language) {
        var period = new Period(zone.orElse(UTC), from, to);
        return StatisticsJson.of(period, statistics.ofAll(owner, new Statistics.Request(period, language)));
    }
}
