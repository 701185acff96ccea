package dev.confab.adapter.persistence.jpa.row;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.query.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves damaged conversations out of answers about many conversations, and logs each of them once. */
public final class SkippedDamage {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedDamage.class);

    /** Bounded, so that a database full of damage does not fill the memory. */
    private final Cache<ConversationId, Boolean> logged = Caffeine.newBuilder().maximumSize(1_000).build();

    /** The page with its items mapped, without the damaged ones. */
    public <T, K, R> Page<R, K> map(Page<T, K> page, Function<T, R> mapping) {
        return new Page<>(map(page.items(), mapping), page.next(), page.partial());
    }

    /** The mapped rows, without those whose mapping throws {@link ConversationDamaged}. */
    public <T, R> List<R> map(List<T> rows, Function<T, R> mapping) {
        return rows.stream().map(row -> attempt(row, mapping)).flatMap(Optional::stream).toList();
    }

    private <T, R> Optional<R> attempt(T row, Function<T, R> mapping) {
        try {
            return Optional.of(mapping.apply(row));
        } catch (ConversationDamaged e) {
            if (logged.asMap().putIfAbsent(e.conversationId(), true) == null) {
                LOG.error("{}; lists and searches leave the conversation out", e.getMessage(), e);
            }
            return Optional.empty();
        }
    }
}
