package dev.confab.bootstrap.statistics;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.adapter.chatexport.media.ImportedMedia;
import dev.confab.application.Conversations;
import dev.confab.application.Statistics;
import dev.confab.application.Transfer;
import dev.confab.application.statistics.StatisticsService;
import dev.confab.application.statistics.SummaryKey;
import dev.confab.domain.statistics.Summary;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The statistics over the use cases that read. */
@Configuration(proxyBeanMethods = false)
public class StatisticsWiring {
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    /** What was counted may hold words of a conversation that is deleted since. */
    private static final Duration LONGEST_UNUSED = Duration.ofMinutes(10);

    @Bean
    Statistics statistics(Conversations conversations, Transfer transfer) {
        Cache<SummaryKey, Summary> summaries = Caffeine.newBuilder().maximumWeight(MOST_BYTES)
                .weigher((SummaryKey _, Summary summary) -> summary.weight()).expireAfterAccess(LONGEST_UNUSED)
                .build();
        return new StatisticsService(conversations, transfer, summaries.asMap(), LuceneStopWords.read(),
                new ImportedMedia());
    }
}
