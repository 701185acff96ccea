package dev.confab.benchmarks.lists;

import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.benchmarks.harness.Chat;
import dev.confab.benchmarks.harness.Figures;
import dev.confab.benchmarks.harness.Scratch;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListFilter.Archived;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.ListQuery.Sort;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** How long a page of a list takes, with each kind of filter. */
public final class ListPages {
    private static final int PAGE = 20;
    private static final double TARGET_MILLIS = 50;
    private static final Metadata NONE = Metadata.EMPTY;

    private final ConversationReader reader;
    private final int calls;

    private ListPages(ConversationReader reader, int calls) {
        this.reader = reader;
        this.calls = calls;
    }

    /** Measures so many pages with each filter, after as many that are not measured. */
    public static void run(int count, int calls) throws IOException, InterruptedException {
        var conversations = new FiledConversations(count);
        try (var scratch = Scratch.make();
                var files = FileStore.open(FileStoreSettings.of(scratch.resolve("data")), new FileStoreObserver() {
                })) {
            conversations.startOn(files);
            new ListPages(files.reader(), calls).measure("files", conversations);
        }
        try (Database database = TestPostgres.shared().newDatabase();
                var postgres = JpaStore.open(
                        JpaStoreSettings.of(database.url(), database.username(), database.password()),
                        WriteObserver.NONE)) {
            conversations.insertInto(database);
            new ListPages(postgres.reader(), calls).measure("PostgreSQL", conversations);
        }
    }

    private void measure(String store, FiledConversations conversations) throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%n%s: %,d conversations; %d pages of %d each%n", store, conversations.count(),
                calls, PAGE);
        for (var filter : filters().entrySet()) {
            page(filter.getKey(), filter.getValue(), Optional.empty());
        }
        var middle = Optional.of(conversations.middle());
        page("no filter, from the middle", filter(Archived.EXCLUDE, Optional.empty(), NONE), middle);
        page("label=work, from the middle", filter(Archived.EXCLUDE, Optional.empty(), NONE, "work"), middle);
    }

    private static Map<String, ListFilter> filters() {
        var filters = new LinkedHashMap<String, ListFilter>();
        filters.put("no filter", filter(Archived.EXCLUDE, Optional.empty(), NONE));
        filters.put("archived=include", filter(Archived.INCLUDE, Optional.empty(), NONE));
        filters.put("archived=only", filter(Archived.ONLY, Optional.empty(), NONE));
        filters.put("pinned=true", filter(Archived.EXCLUDE, Optional.of(true), NONE));
        filters.put("pinned=false", filter(Archived.EXCLUDE, Optional.of(false), NONE));
        filters.put("label=work", filter(Archived.EXCLUDE, Optional.empty(), NONE, "work"));
        filters.put("label=rare", filter(Archived.INCLUDE, Optional.empty(), NONE, "rare"));
        filters.put("label=absent", filter(Archived.EXCLUDE, Optional.empty(), NONE, "absent"));
        filters.put("metadata.kind=k3", filter(Archived.EXCLUDE, Optional.empty(), metadata("kind", "k3")));
        filters.put("metadata.customer=c7", filter(Archived.INCLUDE, Optional.empty(), metadata("customer", "c7")));
        filters.put("label=work, metadata.customer=c9",
                filter(Archived.INCLUDE, Optional.empty(), metadata("customer", "c9"), "work"));
        filters.put("label=work, metadata.kind=k3",
                filter(Archived.EXCLUDE, Optional.empty(), metadata("kind", "k3"), "work"));
        filters.put("label=work, metadata.customer=absent",
                filter(Archived.EXCLUDE, Optional.empty(), metadata("customer", "absent"), "work"));
        // Each of them matches many, and all together match few.
        filters.put("label=work, metadata.kind=k3, pinned=true",
                filter(Archived.EXCLUDE, Optional.of(true), metadata("kind", "k3"), "work"));
        return filters;
    }

    private static ListFilter filter(Archived archived, Optional<Boolean> pinned, Metadata metadata,
            String... labels) {
        var all = new TreeSet<String>();
        Collections.addAll(all, labels);
        return new ListFilter(archived, pinned, all, metadata);
    }

    private static Metadata metadata(String key, String value) {
        return new Metadata(Map.of(key, value));
    }

    private void page(String name, ListFilter filter, Optional<ListQuery.Key> after)
            throws IOException, InterruptedException {
        var query = new ListQuery(Sort.UPDATED, filter, PAGE, after);
        int items = reader.list(Chat.OWNER, query, Instant.now()).items().size();
        Figures _ = Figures.timed(calls, () -> reader.list(Chat.OWNER, query, Instant.now()));
        Figures micros = Figures.timed(calls, () -> reader.list(Chat.OWNER, query, Instant.now()));
        System.out.printf(Locale.ROOT, "  %-44s %2d items   p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms   %s%n", name,
                items, micros.median() / 1e3, micros.percentile(99) / 1e3, micros.max() / 1e3,
                micros.percentile(99) / 1e3 <= TARGET_MILLIS ? "met" : "MISSED");
    }
}
