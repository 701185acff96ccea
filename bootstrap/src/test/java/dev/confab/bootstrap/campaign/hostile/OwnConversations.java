package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api.Stored;
import dev.confab.bootstrap.campaign.hostile.Client.Sent;
import dev.confab.bootstrap.campaign.hostile.Kept.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The conversations that one writer creates, forks and imports, moves to the bin, restores and purges. */
final class OwnConversations {
    private static final Set<String> GONE = Set.of("404 conversation-not-found", "404 message-not-found");
    private static final Set<String> TAKEN = Set.of("409 conversation-id-reused", "409 conversation-in-bin");
    private static final int MAX_KEPT = 8;

    private final Client client;
    private final SharedWrites shared;
    private final Book book;
    private final List<Kept> all = new ArrayList<>();

    OwnConversations(Client client, SharedWrites shared, Book book) {
        this.client = client;
        this.shared = shared;
        this.book = book;
    }

    List<Kept> all() {
        return Collections.unmodifiableList(all);
    }

    /** A new one, asked for twice. */
    void create() throws IOException {
        makeRoom();
        String id = client.newId();
        ObjectNode body = Client.json().put("id", id).put("title", "own");
        var messages = body.putArray("messages");
        int count = 1 + client.random().nextInt(4);
        String last = "";
        for (int i = 0; i < count; i++) {
            last = shared.text();
            messages.addObject().put("role", "user").put("text", last);
        }
        Sent first = client.post("create", "/conversations", body, Set.of());
        assertThat(first.answer().status() == 201 || first.outcomeUnknown()).as("%s", first).isTrue();
        assertThat(client.post("repeat a creation", "/conversations", body, Set.of()).answer().status())
                .isEqualTo(200);
        all.add(new Kept(id, count, last, Place.LIVE));
    }

    /** A conversation in the bin keeps its id: nothing can be created or imported over it. */
    void delete() throws IOException {
        Optional<Kept> live = any(kept -> kept.place() == Place.LIVE);
        if (live.isEmpty()) {
            return;
        }
        Kept kept = live.get();
        JsonNode export = client.send("export", "GET", kept.path() + "/export", Optional.empty(), Set.of()).body();
        assertThat(client.send("delete", "DELETE", kept.path(), Optional.empty(), Set.of()).answer().status())
                .isEqualTo(204);
        replace(kept, Place.BIN);
        Set<String> inBin = Set.of("409 conversation-in-bin");
        Sent created = client.post("create over the bin", "/conversations", Client.json().put("id", kept.id()), inBin);
        Sent imported = client.post("import over the bin", "/conversations/import", export, inBin);
        for (Sent refused : List.of(created, imported)) {
            assertThat(refused.answer().status()).as("%s", refused).isEqualTo(409);
            assertThat(refused.body().get("conversationId").asString()).isEqualTo(kept.id());
        }
    }

    void restore() throws IOException {
        Optional<Kept> binned = any(kept -> kept.place() == Place.BIN);
        if (binned.isPresent()) {
            client.post("restore", binned.get().path() + "/restore", Client.json(), Set.of());
            replace(binned.get(), Place.LIVE);
        }
    }

    void purge() throws IOException {
        Optional<Kept> binned = any(kept -> kept.place() == Place.BIN);
        if (binned.isPresent()) {
            purge(binned.get());
        }
    }

    private void purge(Kept kept) throws IOException {
        // After an attempt whose outcome was unknown, it may be gone.
        Sent sent = client.send("purge", "DELETE", kept.path() + "?purge=true", Optional.empty(), GONE);
        assertThat(sent.isSuccess() || sent.outcomeUnknown()).as("%s", sent).isTrue();
        replace(kept, Place.PURGED);
    }

    void fork() throws IOException {
        Optional<Stored> known = shared.anyOwn();
        if (known.isEmpty()) {
            return;
        }
        makeRoom();
        Stored last = known.get();
        String id = client.newId();
        Sent sent = client.post("fork", "/conversations/" + book.conversation() + "/fork",
                Client.json().put("messageId", last.id()).put("id", id), GONE);
        if (sent.isSuccess()) {
            int count = sent.body().get("messageCount").asInt();
            all.add(new Kept(id, count, last.text(), Place.LIVE));
            assertThat(count).as("a message keeps its position: %s", last).isEqualTo(last.position());
        }
    }

    /** The shared conversation, while others change it. */
    void exportAndImport() throws IOException {
        Sent export = client.send("export", "GET", "/conversations/" + book.conversation() + "/export",
                Optional.empty(), GONE);
        if (!export.isSuccess() || export.body().get("messages").isEmpty()) {
            return;
        }
        makeRoom();
        JsonNode messages = export.body().get("messages");
        assertThat(messages.size()).isEqualTo(export.body().get("conversation").get("messageCount").asInt());
        // 200 while the conversation is unchanged.
        client.post("import", "/conversations/import", export.body(), TAKEN);
        // Its own title makes it this writer's own document, so that no other writer imports and purges the same.
        ((ObjectNode) export.body().get("conversation")).put("title", client.newId());
        String path = "/conversations/import?onConflict=new-id";
        Sent copy = client.post("import with a new id", path, export.body(), Set.of());
        assertThat(copy.answer().status() == 201 || copy.outcomeUnknown()).as("%s", copy).isTrue();
        String id = copy.body().get("id").asString();
        all.add(new Kept(id, messages.size(), messages.get(messages.size() - 1).get("text").asString(), Place.LIVE));
        Sent again = client.post("repeat an import with a new id", path, export.body(), Set.of());
        assertThat(again.answer().status()).as("%s", again).isEqualTo(200);
        assertThat(again.body().get("id").asString()).isEqualTo(id);
    }

    /** Exports, purges and imports the same conversation again. */
    void moveAway() throws IOException {
        Optional<Kept> live = any(kept -> kept.place() == Place.LIVE);
        if (live.isEmpty()) {
            return;
        }
        Kept kept = live.get();
        JsonNode export = client.send("export", "GET", kept.path() + "/export", Optional.empty(), Set.of()).body();
        client.send("delete", "DELETE", kept.path(), Optional.empty(), Set.of());
        purge(kept);
        Sent sent = client.post("import what was purged", "/conversations/import", export, Set.of());
        assertThat(sent.body().get("id").asString()).isEqualTo(kept.id());
        replace(kept.at(Place.PURGED), Place.LIVE);
    }

    private void makeRoom() throws IOException {
        List<Kept> there = all.stream().filter(kept -> kept.place() != Place.PURGED).toList();
        if (there.size() >= MAX_KEPT) {
            Kept oldest = there.getFirst();
            if (oldest.place() == Place.LIVE) {
                client.send("delete", "DELETE", oldest.path(), Optional.empty(), Set.of());
            }
            purge(oldest);
        }
    }

    private Optional<Kept> any(Predicate<Kept> wanted) {
        List<Kept> found = all.stream().filter(wanted).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(client.random().nextInt(found.size())));
    }

    private void replace(Kept old, Place now) {
        all.replaceAll(kept -> kept.id().equals(old.id()) ? kept.at(now) : kept);
    }
}
