package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.ServerProcess;
import dev.confab.bootstrap.campaign.hostile.Kept.Place;
import dev.confab.bootstrap.campaign.hostile.attack.Attackers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writers on one server while it is attacked, and everything that was acknowledged to them. */
final class HostileLoad {
    private static final int WRITERS = 48;
    private static final int BOOKS = 8;
    private static final int TALKS = 6;
    private static final Duration TURNS_END = Duration.ofMinutes(3);

    private final Answers acknowledged = new Answers();
    private final Answers attacked = new Answers();
    private final List<Book> books = new ArrayList<>();
    private final List<Talk> talks = new ArrayList<>();
    private final List<Writer> writers;
    /** A conversation that does not change. */
    private final String quiet;
    private volatile boolean failed;

    HostileLoad(Api api, SplittableRandom random) throws IOException {
        quiet = create(api);
        for (int i = 0; i < BOOKS; i++) {
            books.add(new Book(create(api)));
        }
        for (int i = 0; i < TALKS; i++) {
            talks.add(Talk.start(api));
        }
        writers = IntStream.range(0, WRITERS)
                .mapToObj(i -> Writer.of(i, api, acknowledged, random.split(), books, talks)).toList();
    }

    private static String create(Api api) throws IOException {
        Api.Answer answer = api.send("POST", "/conversations", Optional.of(Client.json()));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        return answer.body().get("id").asString();
    }

    /**
     * Writes and attacks. All attacks have stopped when it returns, and the connections that they held are closed.
     *
     * @param goesOn whether a writer that has finished so many operations begins another
     */
    void run(ServerProcess server, IntPredicate goesOn) throws Exception {
        try (var attackers = Attackers.start(server.api(), server.port(), quiet, attacked::count,
                () -> failed = true);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (Writer writer : writers) {
                running.add(threads.submit(() -> write(writer, goesOn)));
            }
            for (Future<?> writer : running) {
                writer.get();
            }
            attackers.stop();
        }
        // Otherwise nothing was attacked.
        assertThat(attacked.all("503 overloaded")).as("bodies refused for lack of memory").isPositive();
    }

    private Void write(Writer writer, IntPredicate goesOn) throws IOException {
        try {
            for (int operation = 0; goesOn.test(operation) && !failed; operation++) {
                writer.write();
            }
            return null;
        } catch (IOException | RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }

    /** Until no turn is unfinished. */
    void awaitTurns(Api api) {
        await().atMost(TURNS_END).until(() -> {
            for (Talk talk : talks) {
                if (Invariants.hasUnfinishedTurn(api, talk.conversation())) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Every acknowledged change is there once, nothing else is, and every invariant holds. */
    void verify(Api api) throws IOException {
        for (Book book : books) {
            book.verify(api);
        }
        for (Talk talk : talks) {
            talk.verify(api);
        }
        for (Writer writer : writers) {
            for (Kept kept : writer.own()) {
                kept.verify(api);
            }
        }
        assertThat(api.messages(quiet)).isEmpty();
        assertThat(Invariants.listed(api, "")).as("live conversations").isEqualTo(live());
        assertThat(Invariants.listed(api, "&deleted=true")).as("conversations in the bin").isEqualTo(own(Place.BIN));
    }

    private Set<String> live() {
        Set<String> ids = own(Place.LIVE);
        ids.add(quiet);
        books.forEach(book -> ids.add(book.conversation()));
        talks.forEach(talk -> ids.add(talk.conversation()));
        return ids;
    }

    private Set<String> own(Place place) {
        var ids = new TreeSet<String>();
        writers.stream().flatMap(writer -> writer.own().stream()).filter(kept -> kept.place() == place)
                .forEach(kept -> ids.add(kept.id()));
        return ids;
    }

    /** What was acknowledged and refused, a line a kind. */
    String report() {
        long kept = writers.stream().mapToLong(writer -> writer.own().size()).sum();
        return Stream.of("writers, by kind and answer, " + acknowledged.all("2") + " acknowledged, "
                + acknowledged.all("4") + " refused, " + acknowledged.all("503") + " to be repeated:",
                acknowledged.toString(),
                "attacks, by kind and answer:", attacked.toString(),
                books.stream().mapToInt(Book::changes).sum() + " changes and reads in " + BOOKS
                        + " shared conversations, " + books.stream().filter(Book::isCertain).count()
                        + " of them without an unknown outcome; " + kept + " conversations of one writer")
                .reduce("", (text, line) -> text + line + "\n");
    }
}
