package dev.confab.bootstrap.campaign.hostile;

import dev.confab.bootstrap.campaign.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One client that does all that the API offers, in a random order. */
final class Writer {
    private final SplittableRandom random;
    private final OwnConversations own;
    /** Each as often as it should be chosen. */
    private final List<Step> steps = new ArrayList<>();

    Writer(String name, Client client, Book book, Talk talk) {
        this.random = client.random();
        var shared = new SharedWrites(client, book, name);
        var talking = new TalkWrites(client, talk, shared);
        this.own = new OwnConversations(client, shared, book);
        add(30, shared::append);
        add(5, shared::appendBatch);
        add(6, shared::repeat);
        add(8, shared::edit);
        add(8, shared::patchTitle);
        add(4, shared::patchMetadata);
        add(3, shared::truncate);
        add(1, shared::clear);
        add(1, shared::deleteAndRestore);
        add(8, shared::read);
        add(3, own::create);
        add(3, own::delete);
        add(2, own::restore);
        add(2, own::purge);
        add(3, own::fork);
        add(2, own::exportAndImport);
        add(1, own::moveAway);
        add(5, talking::append);
        add(2, talking::startSession);
        add(6, talking::turn);
        add(3, talking::cancelledTurn);
        add(1, talking::purgeLive);
        add(2, talking::readTurns);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void add(int weight, Step step) {
        for (int i = 0; i < weight; i++) {
            steps.add(step);
        }
    }

    /** One operation. */
    void write() throws IOException {
        steps.get(random.nextInt(steps.size())).run();
    }

    List<Kept> own() {
        return own.all();
    }

    static Writer of(int number, Api api, Answers answers, SplittableRandom random, List<Book> books,
            List<Talk> talks) {
        return new Writer("w" + number, new Client(api, answers, random), books.get(number % books.size()),
                talks.get(number % talks.size()));
    }
}
