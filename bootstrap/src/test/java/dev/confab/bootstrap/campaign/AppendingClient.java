package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Appends one message after another to one conversation and remembers what was acknowledged. A message that was not is the
 * client's pending one, which it sends again, with the same id, before any other.
 */
final class AppendingClient {
    private final String name;
    private final String conversation;
    private final SplittableRandom random;
    private final int maxFiller;
    private final List<Api.Stored> acknowledged = new ArrayList<>();
    private Optional<Message> pending = Optional.empty();
    private int sent;

    /** @param maxFiller characters, at most, that its messages are made longer by */
    AppendingClient(String name, String conversation, SplittableRandom random, int maxFiller) {
        this.name = name;
        this.conversation = conversation;
        this.random = random;
        this.maxFiller = maxFiller;
    }

    private record Message(String id, String text) {
    }

    /** Appends until the server does not answer, running the action after each acknowledgement. Any refusal is an error. */
    void appendUntilTheServerDies(Api api, Runnable onAcknowledged) {
        try {
            while (true) {
                appendOne(api);
                onAcknowledged.run();
            }
        } catch (IOException dead) {
            assertThat(pending).as("client %s was cut off in the middle of a message", name).isPresent();
        }
    }

    /** Appends the pending message, else a new one. Any refusal is an error. */
    void appendOne(Api api) throws IOException {
        Message message = pending();
        Api.Answer answer = api.append(conversation, message.id(), message.text());
        assertThat(answer.status()).as("client %s: %s", name, answer.body()).isIn(200, 201);
        acknowledge(message, answer);
    }

    /** The same with refusals that the tally allows; then the message stays pending, and false is the answer. */
    boolean offerOne(Api api, Tally tally) throws IOException {
        Message message = pending();
        Api.Answer answer = api.append(conversation, message.id(), message.text());
        boolean taken = tally.isSuccess(answer);
        if (taken) {
            acknowledge(message, answer);
        }
        return taken;
    }

    private Message pending() {
        Message message = pending.orElseGet(this::next);
        pending = Optional.of(message);
        return message;
    }

    private void acknowledge(Message message, Api.Answer answer) {
        acknowledged.add(new Api.Stored(answer.body().get("id").asString(), answer.body().get("position").asInt(),
                answer.body().get("text").asString()));
        pending = Optional.empty();
        assertThat(acknowledged.getLast()).extracting(Api.Stored::id, Api.Stored::text)
                .containsExactly(message.id(), message.text());
    }

    void repeatPending(Api api) throws IOException {
        if (pending.isPresent()) {
            appendOne(api);
        }
    }

    String conversation() {
        return conversation;
    }

    List<Api.Stored> acknowledged() {
        return List.copyOf(acknowledged);
    }

    Optional<String> pendingId() {
        return pending.map(Message::id);
    }

    /** Numbered, so that the order in which the client sent them can be read from the conversation. */
    private Message next() {
        var id = new UUID(random.nextLong() & ~0xF000L | 0x7000, random.nextLong() >>> 2 | Long.MIN_VALUE);
        String filler = "x".repeat(random.nextInt(maxFiller + 1));
        sent++;
        return new Message(id.toString(), name + " " + sent + " " + filler);
    }
}
