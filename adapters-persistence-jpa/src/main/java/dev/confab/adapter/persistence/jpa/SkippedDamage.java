package dev.confab.adapter.persistence.jpa;

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

/** Leaves damaged conversations out of answers that tell of others too, and logs each once. */
final class SkippedDamage {
    private static final Logger LOG = LoggerFactory.getLogger(SkippedDamage.class);

    /** Bounded, so that a database of damage fills the log rather than the memory. */
    private final Cache<ConversationId, Boolean> told = Caffeine.newBuilder().maximumSize(1_000).build();

    /** The same page, of what {@code mapping} makes of its items. */
    <T, K, R> Page<R, K> map(Page<T, K> page, Function<T, R> mapping) {
        return new Page<>(map(page.items(), mapping), page.next());
    }

    /** What {@code mapping} makes of each row, but for those where it throws {@link ConversationDamaged}. */
    <T, R> List<R> map(List<T> rows, Function<T, R> mapping) {
        return rows.stream().map(row -> attempt(row, mapping)).flatMap(Optional::stream).toList();
    }

    private <T, R> Optional<R> attempt(T row, Function<T, R> mapping) {
        try {
            return Optional.of(mapping.apply(row));
        } catch (ConversationDamaged e) {
            if (told.asMap().putIfAbsent(e.conversationId(), true) == null) {
                LOG.error("{}: lists and searches leave it out", e.getMessage(), e);
            }
            return Optional.empty();
        }
    }
}
