package dev.confab.bootstrap.turns;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.file.FileStore;
import dev.confab.adapter.persistence.file.FileStoreObserver;
import dev.confab.adapter.persistence.file.FileStoreSettings;
import dev.confab.adapter.persistence.jpa.JpaStore;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import dev.confab.adapter.persistence.jpa.queue.WriteObserver;
import dev.confab.application.RequestedId;
import dev.confab.application.Sessions.Creation;
import dev.confab.application.Turns.IfBusy;
import dev.confab.application.Turns.Start;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Turn;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where races of turns take place: instances over one real store; on PostgreSQL the first two have stores of their own.
 *
 * @param ahead an instance whose clock is a minute ahead, so that it takes the others for crashed when it sweeps
 */
record RaceStage(HeldAssistant assistant, App one, App other, App ahead) {
    static final OwnerId OWNER = new OwnerId("owner");
    private static final InstantSource CLOCK = InstantSource.tick(Clock.systemUTC(), Duration.ofMillis(1));
    private static final Duration MAX_JITTER = Duration.ofMillis(6);
    private static final Duration AHEAD = Duration.ofSeconds(60);

    /** What came of a race. */
    enum Outcome {
        FIRST, SECOND
    }

    /** The kinds of races, by what they are called in the report. */
    interface Kinds extends Function<RaceStage, Map<String, Supplier<Outcome>>> {
    }

    static void onFiles(Path directory, int races, Kinds kinds) throws Exception {
        try (var store = FileStore.open(FileStoreSettings.of(directory), new FileStoreObserver() {
        })) {
            var assistant = new HeldAssistant();
            try (var one = App.over(store, store.reader(), store.sessions(), store.feed(), assistant, CLOCK);
                    var ahead = App.over(store, store.reader(), store.sessions(), store.feed(), assistant,
                            () -> CLOCK.instant().plus(AHEAD))) {
                race("files", races, kinds.apply(new RaceStage(assistant, one, one, ahead)));
            }
        }
    }

    static void onPostgres(int races, Kinds kinds) throws Exception {
        try (Database database = TestPostgres.shared().newDatabase();
                var store = JpaStore.open(settings(database), WriteObserver.NONE);
                var store2 = JpaStore.open(settings(database), WriteObserver.NONE)) {
            var assistant = new HeldAssistant();
            try (var one = App.over(store, store.reader(), store.sessions(), store.feed(), assistant, CLOCK);
                    var other = App.over(store2, store2.reader(), store2.sessions(), store2.feed(), assistant, CLOCK);
                    var ahead = App.over(store2, store2.reader(), store2.sessions(), store2.feed(), assistant,
                            () -> CLOCK.instant().plus(AHEAD))) {
                race("PostgreSQL", races, kinds.apply(new RaceStage(assistant, one, other, ahead)));
            }
        }
    }

    private static JpaStoreSettings settings(Database database) {
        return JpaStoreSettings.of(database.url(), database.username(), database.password());
    }

    private static void race(String store, int races, Map<String, Supplier<Outcome>> kinds) {
        kinds.forEach((kind, attempt) -> {
            var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
            for (int i = 0; i < races; i++) {
                outcomes.merge(attempt.get(), 1, Integer::sum);
            }
            System.out.printf("%s on %s, %d races: %s%n", kind, store, races, outcomes);
        });
    }

    Session begin(Optional<Duration> life) {
        return one.sessions().create(OWNER, new Creation(new RequestedId.Unnamed(), Optional.empty(), life,
                Session.Settings.NONE)).value().session();
    }

    static Turn start(App app, Session session, String text) {
        return start(app, session, text, IfBusy.REJECT);
    }

    static Turn start(App app, Session session, String text, IfBusy ifBusy) {
        return app.turns().start(OWNER, session.id(),
                new Start.Prompt(new RequestedId.Unnamed(), new RequestedId.Unnamed(), text), ifBusy).value();
    }

    List<Message> messages(Session session) {
        return one.messages().read(OWNER, session.conversationId(), Window.last(100)).messages().reversed();
    }

    /** Lets the other contender be first in some of the races. */
    static void jitter() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(MAX_JITTER.toNanos()));
    }

    void awaitIdle() {
        TestThreads.await(() -> one.runner().running() == 0 && other.runner().running() == 0
                && ahead.runner().running() == 0);
        assistant.reset();
    }
}
