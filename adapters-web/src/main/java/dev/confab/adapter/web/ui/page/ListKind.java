package dev.confab.adapter.web.ui.page;

import dev.confab.domain.query.ListFilter.Archived;
import dev.confab.domain.query.ListQuery.Sort;
import java.util.Locale;

/** Which conversations the list beside a page shows. */
public enum ListKind {
    LIVE("Conversations", Sort.UPDATED, Archived.EXCLUDE), ARCHIVED("Archive", Sort.UPDATED, Archived.ONLY), BIN("Bin",
            Sort.DELETED, Archived.INCLUDE);

    private final String title;
    private final Sort sort;
    private final Archived archived;

    ListKind(String title, Sort sort, Archived archived) {
        this.title = title;
        this.sort = sort;
        this.archived = archived;
    }

    public String title() {
        return title;
    }

    Sort sort() {
        return sort;
    }

    Archived archived() {
        return archived;
    }

    /** As it is in a query. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
