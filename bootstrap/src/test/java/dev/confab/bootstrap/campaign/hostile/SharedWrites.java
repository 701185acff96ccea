package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.Api.Stored;
import dev.confab.bootstrap.campaign.hostile.Client.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What one writer does to the conversation that it shares with others. It edits, repeats and keeps only its own messages. */
final class SharedWrites {
    private static final String GONE = "404 conversation-not-found";
    private static final String NO_MESSAGE = "404 message-not-found";
    private static final String CONFLICT = "412 version-conflict";
    private static final int REMEMBERED = 20;

    private final Client client;
    private final Book book;
    private final String path;
    private final String name;
    private final List<Stored> own = new ArrayList<>();
    private int count;

    SharedWrites(Client client, Book book, String name) {
        this.client = client;
        this.book = book;
        this.path = "/conversations/" + book.conversation();
        this.name = name;
    }

    /** One of its last messages, if there is one; another writer may have removed it. */
    Optional<Stored> anyOwn() {
        return own.isEmpty() ? Optional.empty() : Optional.of(own.get(client.random().nextInt(own.size())));
    }

    String text() {
        count++;
        return name + " " + count + " " + "x".repeat(client.random().nextInt(300));
    }

    void append() throws IOException {
        ObjectNode message = message(client.newId(), text());
        long before = book.highest();
        String[] headers = client.random().nextInt(5) == 0 ? ifMatch(before) : new String[0];
        keep(client.post("append", path + "/messages", message, Set.of(GONE, CONFLICT), headers), before);
    }

    void appendBatch() throws IOException {
        ObjectNode body = Client.json();
        var items = body.putArray("messages");
        int size = 2 + client.random().nextInt(6);
        for (int i = 0; i < size; i++) {
            items.add(message(client.newId(), text()));
        }
        long before = book.highest();
        Sent sent = client.post("append a batch", path + "/messages/batch", body, Set.of(GONE));
        note(sent);
        if (sent.isSuccess()) {
            List<Stored> stored = Api.stored(sent.body().get("items"));
            assertThat(stored).as("%s", sent).hasSize(size);
            book.add(new AcknowledgedChange.Appended(sent.version(), stored), before);
        }
    }

    /** The same message again: 200 with the same, or 201 when another writer has removed it. */
    void repeat() throws IOException {
        Optional<Stored> known = anyOwn();
        if (known.isEmpty()) {
            return;
        }
        Stored old = known.get();
        long before = book.highest();
        // If it was edited, the text is not that of the first request, so the id counts as reused while the message exists.
        Sent sent = client.post("repeat an append", path + "/messages", message(old.id(), old.text()),
                Set.of(GONE, "409 message-id-reused"));
        note(sent);
        if (sent.answer().status() == 200) {
            assertThat(sent.body().get("id").asString()).isEqualTo(old.id());
            assertThat(sent.body().get("text").asString()).isEqualTo(old.text());
        } else {
            own.remove(old);
            keep(sent, before);
        }
    }

    void edit() throws IOException {
        Optional<Stored> known = anyOwn();
        if (known.isEmpty()) {
            return;
        }
        Stored old = known.get();
        String text = text();
        long before = book.highest();
        Sent sent = client.send("edit", "PATCH", path + "/messages/" + old.id(),
                Optional.of(Client.json().put("text", text)), Set.of(GONE, NO_MESSAGE));
        note(sent);
        if (sent.isSuccess()) {
            assertThat(sent.body().get("text").asString()).isEqualTo(text);
            own.replaceAll(there -> there.equals(old) ? new Stored(old.id(), old.position(), text) : there);
            book.add(new AcknowledgedChange.Edited(sent.version(), old.id(), text), before);
        } else if (Client.label(sent.answer()).equals(NO_MESSAGE)) {
            own.remove(old);
        }
    }

    void patchTitle() throws IOException {
        String title = name + " " + ++count;
        long before = book.highest();
        boolean conditional = client.random().nextBoolean();
        Sent sent = client.send(conditional ? "patch the title, If-Match" : "patch the title", "PATCH", path,
                Optional.of(Client.json().put("title", title)),
                conditional ? Set.of(GONE, CONFLICT) : Set.of(GONE), conditional ? ifMatch(before) : new String[0]);
        note(sent);
        if (sent.isSuccess()) {
            book.add(new AcknowledgedChange.Titled(sent.version(), title), before);
        } else if (sent.answer().status() == 412) {
            assertThat(sent.body().get("currentVersion").asLong()).as("%s", sent).isGreaterThan(before);
        }
    }

    void patchMetadata() throws IOException {
        String label = name + " " + ++count;
        ObjectNode body = Client.json();
        body.putObject("metadata").put("label", label);
        long before = book.highest();
        Sent sent = client.send("patch the metadata", "PATCH", path, Optional.of(body), Set.of(GONE));
        note(sent);
        if (sent.isSuccess()) {
            book.add(new AcknowledgedChange.Labelled(sent.version(), label), before);
        }
    }

    void truncate() throws IOException {
        Optional<Stored> last = anyOwn();
        if (last.isEmpty()) {
            return;
        }
        String id = last.get().id();
        long before = book.highest();
        Sent sent = client.post("truncate", path + "/truncate", Client.json().put("afterMessageId", id),
                Set.of(GONE, NO_MESSAGE));
        note(sent);
        if (sent.isSuccess()) {
            book.add(new AcknowledgedChange.Truncated(sent.version(), id, sent.body().get("messageCount").asInt()),
                    before);
        }
    }

    void clear() throws IOException {
        long before = book.highest();
        Sent sent = client.post("clear", path + "/clear", Client.json(), Set.of(GONE));
        note(sent);
        if (sent.isSuccess()) {
            book.add(new AcknowledgedChange.Cleared(sent.version()), before);
        }
    }

    /** Until it is restored, the others are answered 404. */
    void deleteAndRestore() throws IOException {
        long before = book.highest();
        Sent deleted = client.send("delete", "DELETE", path, Optional.empty(), Set.of());
        note(deleted);
        book.add(new AcknowledgedChange.Deleted(deleted.version()), before);
        long between = book.highest();
        Sent restored = client.post("restore", path + "/restore", Client.json(), Set.of());
        note(restored);
        book.add(new AcknowledgedChange.Restored(restored.version()), between);
    }

    void read() throws IOException {
        long before = book.highest();
        Sent sent = client.send("read", "GET", path + "/messages?order=desc&limit=" + AcknowledgedChange.Read.LIMIT,
                Optional.empty(), Set.of(GONE));
        if (sent.isSuccess()) {
            List<Stored> last = Api.stored(sent.body().get("items")).reversed();
            book.add(new AcknowledgedChange.Read(sent.body().get("version").asLong(), last), before);
        }
    }

    private void keep(Sent sent, long before) {
        note(sent);
        if (sent.isSuccess()) {
            assertThat(sent.answer().status() == 201 || sent.outcomeUnknown())
                    .as("a refused attempt recorded nothing: %s", sent).isTrue();
            List<Stored> stored = Api.stored(Client.JSON.createArrayNode().add(sent.body()));
            own.addAll(stored);
            if (own.size() > REMEMBERED) {
                own.removeFirst();
            }
            book.add(new AcknowledgedChange.Appended(sent.version(), stored), before);
        }
    }

    private void note(Sent sent) {
        if (sent.outcomeUnknown()) {
            book.outcomeUnknown();
        }
    }

    private static ObjectNode message(String id, String text) {
        return Client.json().put("id", id).put("role", "user").put("text", text);
    }

    private static String[] ifMatch(long version) {
        return new String[]{"If-Match", "\"" + version + "\""};
    }
}
