package dev.confab.adapter.web.response;

import dev.confab.domain.query.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of a listing; {@code nextCursor} is null on the last one. */
public record PageJson<T>(List<T> items, @Nullable String nextCursor) {

    /** @param cursor of the key after which the next page starts */
    public static <T, K, J> PageJson<J> of(Page<T, K> page, Function<T, J> item,
            Function<K, String> cursor) {
        return new PageJson<>(page.items().stream().map(item).toList(), page.next().map(cursor).orElse(null));
    }
}
