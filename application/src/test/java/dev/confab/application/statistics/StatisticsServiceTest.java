package dev.confab.application.statistics;

import static dev.confab.application.conversation.World.ANN;
import static dev.confab.application.conversation.World.BEN;
import static dev.confab.application.conversation.World.NONE;
import static dev.confab.application.conversation.World.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.application.CreateResult;
import dev.confab.application.Messages.Edit;
import dev.confab.application.Statistics.Busy;
import dev.confab.application.Statistics.Request;
import dev.confab.application.Transfer;
import dev.confab.application.conversation.World;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.ConversationNotFound;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.statistics.MediaFinder;
import dev.confab.domain.statistics.Period;
import dev.confab.domain.statistics.StatisticsReport.Use;
import dev.confab.domain.statistics.StopWords;
import dev.confab.domain.statistics.Summary;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Statistics of stored conversations: of the latest version, of the owner only, and counted once. */
class StatisticsServiceTest {
    private static final Request ALWAYS = new Request(Period.always(ZoneId.of("UTC")), Optional.empty());
    private static final Edit EDIT = new Edit(text -> text + " again", UnaryOperator.identity(),
            UnaryOperator.identity());

    private final World world = new World();
    private final CountingTransfer transfer = new CountingTransfer(world.transfer);
    private final Map<SummaryKey, Summary> summaries = new ConcurrentHashMap<>();
    private final StatisticsService statistics = new StatisticsService(world.conversations, transfer, summaries,
            new StopWords(Map.of("en", List.of("the"))), MediaFinder.NONE);

    /** Counts the exports, and may be told to do something at the beginning of each. */
    private static final class CountingTransfer implements Transfer {
        private final Transfer transfer;
        private final AtomicInteger exports = new AtomicInteger();
        private volatile Runnable first = () -> {
        };

        CountingTransfer(Transfer transfer) {
            this.transfer = transfer;
        }

        @Override
        public void export(OwnerId owner, ConversationId id, Sink sink) {
            exports.incrementAndGet();
            first.run();
            transfer.export(owner, id, sink);
        }

        @Override
        public CreateResult<Conversation> importConversation(OwnerId owner, Imported imported, OnConflict onConflict) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CreateResult<Conversation> importConversation(FencingToken token, Imported imported,
                OnConflict onConflict) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalInt staged(OwnerId owner, ConversationId id) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void a_version_is_counted_once_in_each_period_and_an_edit_shows_at_once() {
        Conversation trip = world.started("to the sea", "the sea");
        var first = statistics.of(ANN, trip.id(), ALWAYS);
        assertThat(statistics.of(ANN, trip.id(), ALWAYS)).isEqualTo(first);
        assertThat(transfer.exports).hasValue(1);
        assertThat(first.version()).isEqualTo(trip.version());
        assertThat(first.report().total().words()).isEqualTo(5);
        assertThat(first.report().words()).containsExactly(new Use("sea", 2), new Use("to", 1));

        // Another language is another view of the same numbers.
        assertThat(statistics.of(ANN, trip.id(), new Request(ALWAYS.period(), Optional.of("none"))).report().words())
                .contains(new Use("the", 2));
        assertThat(transfer.exports).hasValue(1);
        statistics.of(ANN, trip.id(), new Request(Period.always(ZoneId.of("Asia/Tokyo")), Optional.empty()));
        assertThat(transfer.exports).hasValue(2);

        world.messages.edit(ANN, trip.id(), world.idAt(trip, 2), EDIT, NONE);
        var edited = statistics.of(ANN, trip.id(), ALWAYS);
        assertThat(edited.version().value()).isEqualTo(trip.version().value() + 1);
        assertThat(edited.report().total().words()).isEqualTo(6);
        world.messages.remove(ANN, trip.id(), world.idAt(trip, 2), NONE);
        assertThat(statistics.of(ANN, trip.id(), ALWAYS).report().total().words()).isEqualTo(3);
    }

    @Test
    void nobody_counts_what_belongs_to_another_owner_or_is_in_the_bin_also_when_it_was_counted_before() {
        Conversation trip = world.started("sea");
        statistics.of(ANN, trip.id(), ALWAYS);

        assertThatThrownBy(() -> statistics.of(BEN, trip.id(), ALWAYS)).isInstanceOf(ConversationNotFound.class);
        assertThat(statistics.ofAll(BEN, ALWAYS).report().conversations()).isZero();
        world.conversations.delete(ANN, trip.id(), NONE);
        assertThatThrownBy(() -> statistics.of(ANN, trip.id(), ALWAYS)).isInstanceOf(ConversationNotFound.class);
        assertThat(statistics.ofAll(ANN, ALWAYS).report().conversations()).isZero();
    }

    @Test
    void of_all_conversations_each_is_counted_once_and_the_latest_thousand_count() {
        for (int i = 0; i < 1_001; i++) {
            world.started("sea");
            world.pass(Duration.ofSeconds(1));
        }
        var all = statistics.ofAll(ANN, ALWAYS);
        assertThat(all.partial()).isTrue();
        assertThat(all.report().conversations()).isEqualTo(1_000);
        assertThat(all.report().words()).containsExactly(new Use("sea", 1_000));
        assertThat(transfer.exports).hasValue(1_000);

        Conversation last = world.started("sea", "and sand");
        assertThat(statistics.ofAll(ANN, ALWAYS).report().total().messages()).isEqualTo(1_001);
        assertThat(transfer.exports).hasValue(1_001);
        world.conversations.delete(ANN, last.id(), NONE);
        assertThat(statistics.ofAll(ANN, ALWAYS).report().total().messages()).isEqualTo(1_000);
    }

    @Test
    void a_conversation_that_changes_while_it_is_read_is_read_again_three_times_at_most() {
        Conversation trip = world.started("sea");
        var failures = new AtomicInteger(2);
        transfer.first = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new Transfer.ChangedMeanwhile(trip.id());
            }
        };
        assertThat(statistics.of(ANN, trip.id(), ALWAYS).report().total().messages()).isEqualTo(1);

        world.messages.append(ANN, trip.id(), message(World.MADE, "more"), NONE);
        failures.set(3);
        assertThatThrownBy(() -> statistics.of(ANN, trip.id(), ALWAYS)).isInstanceOf(Transfer.ChangedMeanwhile.class);
        assertThat(statistics.of(ANN, trip.id(), ALWAYS).report().total().messages()).isEqualTo(2);
    }

    @Test
    void a_language_without_stop_words_is_refused_before_anything_is_read() {
        Conversation trip = world.started("sea");
        var request = new Request(ALWAYS.period(), Optional.of("tlh"));
        assertThatThrownBy(() -> statistics.of(ANN, trip.id(), request)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> statistics.ofAll(ANN, request)).isInstanceOf(InvalidValue.class);
        assertThat(transfer.exports).hasValue(0);
    }

    /** Three readers of one conversation: two count at once, and the third one takes what they counted. */
    @Test
    void two_conversations_are_counted_at_once_and_who_waited_counts_nothing_twice() throws Exception {
        Conversation trip = world.started("sea");
        var permitted = new CountDownLatch(1);
        transfer.first = () -> {
            try {
                permitted.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        List<Thread> readers = IntStream.range(0, 3)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> statistics.of(ANN, trip.id(), ALWAYS))).toList();
        await().until(() -> readers.stream().filter(reader -> reader.getState() == Thread.State.WAITING).count() == 2
                && readers.stream().anyMatch(reader -> reader.getState() == Thread.State.TIMED_WAITING));
        assertThat(transfer.exports).hasValue(2);

        permitted.countDown();
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(transfer.exports).hasValue(2);
        assertThat(summaries).hasSize(1);
    }

    @Test
    void who_is_interrupted_while_waiting_gets_no_numbers_and_keeps_the_interrupt() {
        Conversation trip = world.started("sea");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> statistics.of(ANN, trip.id(), ALWAYS)).isInstanceOf(Busy.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(statistics.of(ANN, trip.id(), ALWAYS).report().total().messages()).isEqualTo(1);
    }
}
