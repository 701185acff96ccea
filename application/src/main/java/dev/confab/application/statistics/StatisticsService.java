package dev.confab.application.statistics;

import dev.confab.application.Conversations;
import dev.confab.application.Statistics;
import dev.confab.application.Transfer;
import dev.confab.application.Transfer.ChangedMeanwhile;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ConversationDamaged;
import dev.confab.domain.query.ListQuery;
import dev.confab.domain.query.Page;
import dev.confab.domain.statistics.MediaFinder;
import dev.confab.domain.statistics.Period;
import dev.confab.domain.statistics.StopWords;
import dev.confab.domain.statistics.Summary;
import dev.confab.domain.statistics.Tally;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts each version of a conversation once, as long as the summary is kept. */
public final class StatisticsService implements Statistics {
    /** At once: each takes a processor, and up to about 20 MB for the words. */
    private static final int MOST_COUNTS = 2;
    private static final int MOST_SECONDS_WAITED = 20;
    private static final int ATTEMPTS = 3;

    private final Conversations conversations;
    private final Transfer transfer;
    private final Map<SummaryKey, Summary> summaries;
    private final StopWords stopWords;
    private final MediaFinder mediaFinder;
    private final Semaphore permits = new Semaphore(MOST_COUNTS);

    /**
     * @param summaries what was counted: safe for use by many threads; it may forget entries at any time, and must, to bound the sum of
     *     their {@link Summary#weight()}
     */
    public StatisticsService(Conversations conversations, Transfer transfer, Map<SummaryKey, Summary> summaries,
            StopWords stopWords, MediaFinder mediaFinder) {
        this.conversations = conversations;
        this.transfer = transfer;
        this.summaries = summaries;
        this.stopWords = stopWords;
        this.mediaFinder = mediaFinder;
    }

    @Override
    public OfConversation of(OwnerId owner, ConversationId id, Request request) {
        stopWords.require(request.language());
        var counted = summary(owner, conversations.get(owner, id), request.period());
        return new OfConversation(counted.key().version(),
                counted.summary().report(stopWords, request.language()));
    }

    @Override
    public OfOwner ofAll(OwnerId owner, Request request) {
        stopWords.require(request.language());
        Summary sum = Summary.empty();
        boolean partial = false;
        int number = 0;
        long messages = 0;
        Optional<ListQuery.Key> after = Optional.empty();
        do {
            Page<Conversation, ListQuery.Key> page = conversations.list(owner,
                    new ListQuery(ListQuery.Sort.UPDATED, ListQuery.MAX_LIMIT, after));
            for (Conversation head : page.items()) {
                number++;
                messages += head.messageCount();
                if (number > OfOwner.MOST_CONVERSATIONS || messages > OfOwner.MOST_MESSAGES) {
                    return new OfOwner(sum.report(stopWords, request.language()), true);
                }
                partial |= !addTo(sum, owner, head, request.period());
            }
            after = page.next();
        } while (after.isPresent());
        return new OfOwner(sum.report(stopWords, request.language()), partial);
    }

    /** Returns false for a damaged conversation. One that is gone since it was listed is not left out: there is none. */
    private boolean addTo(Summary sum, OwnerId owner, Conversation head, Period period) {
        try {
            sum.addAll(summary(owner, head, period).summary());
            return true;
        } catch (ConversationNotFound gone) {
            return true;
        } catch (ConversationDamaged damaged) {
            return false;
        }
    }

    private record Counted(SummaryKey key, Summary summary) {
    }

    /**
     * What is kept of this head's version, or else a new count of the version that is the latest by then.
     *
     * <p>Two threads may count the same version at once: both get the same numbers, and the later one replaces the other's. A summary is
     * published by the map, complete, and never changed after that. So no lock is held while a conversation is read.
     */
    private Counted summary(OwnerId owner, Conversation head, Period period) {
        SummaryKey key = SummaryKey.of(head, period);
        Summary kept = summaries.get(key);
        if (kept != null) {
            return new Counted(key, kept);
        }
        awaitPermit();
        try {
            // Another thread may have counted it while this one waited.
            kept = summaries.get(key);
            return kept == null ? count(owner, head.id(), period) : new Counted(key, kept);
        } finally {
            permits.release();
        }
    }

    private void awaitPermit() {
        try {
            if (!permits.tryAcquire(MOST_SECONDS_WAITED, TimeUnit.SECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }

    private Counted count(OwnerId owner, ConversationId id, Period period) {
        for (int attempt = 1;; attempt++) {
            var count = new Count(period, mediaFinder);
            try {
                transfer.export(owner, id, count);
            } catch (ChangedMeanwhile changed) {
                if (attempt == ATTEMPTS) {
                    throw changed;
                }
                continue;
            }
            Counted counted = count.result();
            summaries.put(counted.key(), counted.summary());
            return counted;
        }
    }

    /** Takes a conversation as it is read. */
    private static final class Count implements Transfer.Sink {
        private final Period period;
        private final Tally tally;
        private Optional<SummaryKey> key = Optional.empty();

        Count(Period period, MediaFinder mediaFinder) {
            this.period = period;
            this.tally = new Tally(period, mediaFinder);
        }

        @Override
        public void conversation(Conversation head) {
            key = Optional.of(SummaryKey.of(head, period));
        }

        @Override
        public void message(Message message) {
            tally.add(message);
        }

        Counted result() {
            return new Counted(key.orElseThrow(), tally.summary());
        }
    }
}
