package dev.confab.adapter.web.search;

import dev.confab.domain.query.Page;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of hits; {@code nextCursor} is null on the last one.
 *
 * @param partial whether hits may be missing because the search index is being built
 */
public record HitPageJson(List<SearchHitJson> items, @Nullable String nextCursor, boolean partial) {

    /** @param cursor of the key after which the next page starts */
    public static HitPageJson of(Page<SearchHit, SearchQuery.Key> page, Function<SearchQuery.Key, String> cursor) {
        return new HitPageJson(page.items().stream().map(SearchHitJson::from).toList(),
                page.next().map(cursor).orElse(null), page.partial());
    }
}
