package dev.confab.adapter.persistence.jpa.search;

import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import dev.confab.adapter.persistence.jpa.search.TermsBatch.Kind;
import dev.confab.adapter.persistence.jpa.search.TermsBatch.Outcome.Elsewhere;
import dev.confab.adapter.persistence.jpa.search.TermsBatch.Outcome.Rewritten;
import dev.confab.adapter.persistence.jpa.search.TermsBatch.Place;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.terms.Terms;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that rewrites old terms. Each instance has one: it looks regularly whether there are any, as an instance of an earlier version
 * may write some at any time, and one instance at a time rewrites them.
 */
public final class TermsUpgrade implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TermsUpgrade.class);
    private static final String MESSAGES = "FROM message WHERE terms_version < " + Terms.VERSION;
    private static final String TITLES = "FROM conversation WHERE title_terms_version < " + Terms.VERSION
            + " AND title IS NOT NULL";
    private static final String ANY = "SELECT CASE WHEN EXISTS (SELECT " + MESSAGES + ") OR EXISTS (SELECT " + TITLES
            + ") THEN 1 ELSE 0 END";
    private static final String COUNT = "SELECT (SELECT count(*) " + MESSAGES + ") + (SELECT count(*) " + TITLES + ")";

    private final WriterThreads threads;
    private final Duration lookEvery;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Optional<TermsProgress> progress;
    private boolean failing;

    /** Looks first, so that {@link #progress} is right from the start. {@link #start} must follow. */
    public TermsUpgrade(WriterThreads threads, Duration lookEvery) {
        this.threads = threads;
        this.lookEvery = lookEvery;
        this.progress = number(ANY) == 0 ? Optional.empty() : Optional.of(new TermsProgress(0, number(COUNT)));
        this.thread = Thread.ofPlatform().daemon().name("confab-search-terms").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Present while there are old terms, so that searches may miss something; as of the last look. */
    public Optional<TermsProgress> progress() {
        return progress;
    }

    private void run() {
        do {
            try {
                rewriteAll();
                failing = false;
            } catch (StorageException e) {
                if (!failing) {
                    LOG.warn("Search terms: rewriting failed and is tried again every {}: {}", lookEvery,
                            e.getMessage());
                }
                failing = true;
            }
        } while (!closedWithin(lookEvery.toMillis()));
    }

    /** Rewrites until no old terms are left, or another instance rewrites them. */
    private void rewriteAll() {
        while (number(ANY) > 0) {
            long left = number(COUNT);
            long total = progress.map(TermsProgress::total).filter(before -> before >= left).orElse(left);
            if (progress.isEmpty() || total == left) {
                LOG.info("Search terms: {} messages and titles have those of an earlier version and are rewritten. "
                        + "Until then searches may miss some", left);
            }
            progress = Optional.of(new TermsProgress(total - left, total));
            if (!rewrite(Kind.TITLES) || !rewrite(Kind.MESSAGES)) {
                return;
            }
        }
        progress.ifPresent(done -> LOG.info("Search terms: all {} are rewritten", done.total()));
        progress = Optional.empty();
    }

    /** Goes through the rows once, without those that are locked. Returns false if another instance rewrites, or this thread is being closed. */
    private boolean rewrite(Kind kind) {
        Place after = Place.FIRST;
        while (true) {
            long start = System.nanoTime();
            Place from = after;
            switch (threads.<TermsBatch.Outcome>onConnection(
                    connection -> new TermsBatch(connection).run(kind, from))) {
                case Elsewhere _ -> {
                    return false;
                }
                case Rewritten(int rows, Place last) -> {
                    if (rows == 0) {
                        // Not at once again: what is left is locked.
                        return !closedWithin(1);
                    }
                    after = last;
                    progress = progress
                            .map(before -> new TermsProgress(Math.min(before.rewritten() + rows, before.total()),
                                    before.total()));
                }
            }
            // As long as the work took: half of the time belongs to others.
            if (closedWithin(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))) {
                return false;
            }
        }
    }

    private long number(String sql) {
        return threads.onConnection(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
    }

    private boolean closedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if somebody does, it ends.
            return true;
        }
    }

    /** Ends after the batch that is under way. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
