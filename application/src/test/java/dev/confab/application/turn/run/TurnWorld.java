package dev.confab.application.turn.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.RunTwice;
import dev.confab.application.RequestedId;
import dev.confab.application.Sessions.Creation;
import dev.confab.application.TurnEvents;
import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.application.Turns.Start.Prompt;
import dev.confab.application.conversation.ConversationService;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.MessageService;
import dev.confab.application.retry.RetryListener;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.session.SessionService;
import dev.confab.application.turn.TurnService;
import dev.confab.application.turn.context.WordCounter;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.Ids;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.Tool;
import dev.confab.domain.query.Window;
import dev.confab.domain.session.Activity;
import dev.confab.domain.session.Session;
import dev.confab.domain.session.Session.Settings;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Instances of the application over one storage that outlives them, with one clock that a test moves. */
public final class TurnWorld implements AutoCloseable {
    public static final OwnerId ANN = new OwnerId("ann");
    static final OwnerId BEN = new OwnerId("ben");
    static final RequestedId MADE = new RequestedId.Unnamed();
    static final TurnSettings SETTINGS = new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5),
            new TokenBudget(32_000), 1_000,
            Set.of("search"));
    private static final long DEADLINE_SECONDS = 60;
    private static final Runnable NOTHING = () -> {
    };

    final ReferenceStorage storage = new ReferenceStorage();
    private final List<Instance> instances = new ArrayList<>();
    private final AtomicLong lastId = new AtomicLong();
    volatile Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");

    Instance instance() {
        return instance(SETTINGS);
    }

    Instance instance(TurnSettings settings) {
        return added(settings, Optional.empty());
    }

    /** An instance that receives no hints. */
    Instance deaf() {
        return instance(_ -> () -> {
        });
    }

    Instance instance(ChangeFeed feed) {
        return added(SETTINGS, Optional.of(feed));
    }

    private Instance added(TurnSettings settings, Optional<ChangeFeed> feed) {
        var instance = new Instance(settings, feed);
        instances.add(instance);
        return instance;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public void close() {
        instances.forEach(instance -> instance.runner.close());
    }

    static RequestedId given(int number) {
        return new RequestedId.Given(new UUID(0x4000, 0x8000000000000000L | number));
    }

    /** One process of several. */
    final class Instance {
        final ReferenceStore store = new ReferenceStore(storage, Duration.ofSeconds(10)) {
            @Override
            public Activity activity(ConversationId id, Instant time) {
                Activity read = super.activity(id, time);
                afterActivityRead.getAndSet(NOTHING).run();
                return read;
            }
        };
        final ScriptedAssistant assistant = new ScriptedAssistant();
        final ConversationService conversations;
        final MessageService messages;
        final SessionService sessions;
        final TurnService turns;
        final TurnRunner runner;
        final TurnEvents events;

        /** By how much its clock is behind. */
        volatile Duration behind = Duration.ZERO;
        /** By how much its wall clock was set forward. */
        volatile Duration jumped = Duration.ZERO;

        /** How its writes fail now, before anything is committed. */
        volatile Optional<Supplier<StorageException>> failing = Optional.empty();
        final Semaphore refused = new Semaphore(0);

        /** Runs once, in the writer's thread, after its next commit and before the writer learns of it. */
        final AtomicReference<Runnable> afterCommit = new AtomicReference<>(NOTHING);
        /** Runs once, after the next read of an activity and before the reader gets it. */
        final AtomicReference<Runnable> afterActivityRead = new AtomicReference<>(NOTHING);

        private Instance(TurnSettings settings, Optional<ChangeFeed> feed) {
            InstantSource steady = InstantSource.tick(() -> now.minus(behind), Duration.ofMillis(1));
            InstantSource clock = () -> steady.instant().plus(jumped);
            var retrying = new RetryingConversationStore(hooked(new RunTwice(store)), Duration.ofSeconds(30),
                    RetryListener.NONE);
            var ids = new IdResolver(new CountingIds());
            runner = new TurnRunner(retrying, store, store, feed.orElse(store), assistant, new WordCounter(),
                    List.of(new Named("search"), new Named("time"), new Named("broken")), clock,
                    () -> Duration.between(Instant.EPOCH, steady.instant()).toNanos(), settings, RunObserver.NONE);
            events = runner.events();
            conversations = new ConversationService(retrying, store, ids, runner, clock);
            messages = new MessageService(retrying, store, ids, runner, clock);
            sessions = new SessionService(retrying, store, ids, runner, clock);
            turns = new TurnService(retrying, store, store, runner, ids, clock);
        }

        private ConversationStore hooked(ConversationStore upper) {
            return new ConversationStore() {
                @Override
                public FencingToken token(OwnerId owner) {
                    return upper.token(owner);
                }

                @Override
                public <R> R transact(ConversationId id, Function<ConversationTransaction, R> work) {
                    failing.ifPresent(failure -> {
                        refused.release();
                        throw failure.get();
                    });
                    R result = upper.transact(id, work);
                    afterCommit.getAndSet(NOTHING).run();
                    return result;
                }
            };
        }

        /** Ann's new session in a conversation of its own. */
        Session session() {
            return session(Optional.empty());
        }

        Session session(Optional<Duration> life) {
            return sessions.create(ANN, new Creation(MADE, Optional.empty(), life, Settings.NONE)).value().session();
        }

        Turn start(Session session, String text) {
            return turns.start(ANN, session.id(), new Prompt(MADE, MADE, text)).value();
        }

        Turn get(TurnId id) {
            return turns.get(ANN, id);
        }

        /** The turn, once it is finished. */
        Turn finished(Turn turn) {
            return awaited(turn, "finished");
        }

        Turn awaited(Turn turn, String state) {
            await(() -> state.equals("finished")
                    ? get(turn.id()).isFinished()
                    : get(turn.id()).state().label().equals(state));
            await(() -> runner.running() == 0);
            return get(turn.id());
        }

        List<Message> messages(ConversationId id) {
            return store.read(id, Window.first(Window.MAX_LIMIT), now).messages();
        }

        List<String> texts(ConversationId id) {
            return messages(id).stream().map(Message::text).toList();
        }

        /** All events after an id up to the end, as a client reads them. */
        List<TurnEvent> follow(TurnId id, long after) throws InterruptedException {
            var news = new Semaphore(0);
            var read = new ArrayList<TurnEvent>();
            try (var _ = events.watch(id, news::release)) {
                for (long last = after;;) {
                    var batch = events.after(ANN, id, last);
                    read.addAll(batch.events());
                    if (batch.ended()) {
                        return read;
                    }
                    if (batch.events().isEmpty()) {
                        assertThat(news.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS)).as("news of the turn").isTrue();
                        news.drainPermits();
                    } else {
                        last = read.getLast().id();
                    }
                }
            }
        }
    }

    /** Waits for a condition, with a deadline. */
    static void await(BooleanSupplier condition) {
        TestThreads.await(condition);
    }

    private record Named(String name) implements Tool {
        @Override
        public ToolDescription description() {
            return new ToolDescription(name, "A tool.", "{}");
        }

        @Override
        public String call(OwnerId owner, String arguments) {
            if (name.equals("broken")) {
                throw new IllegalStateException("password=secret");
            }
            return name + " for " + owner.value() + ": " + arguments;
        }
    }

    private final class CountingIds implements Ids {
        @Override
        public UUID next() {
            return new UUID(0x7000, 0x8000000000000000L | lastId.incrementAndGet());
        }

        @Override
        public UUID named(UUID namespace, String name) {
            return UUID.nameUUIDFromBytes((namespace + name).getBytes(StandardCharsets.UTF_8));
        }
    }
}
