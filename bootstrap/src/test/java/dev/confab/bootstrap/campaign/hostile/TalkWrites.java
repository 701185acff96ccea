package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.Api.Stored;
import dev.confab.bootstrap.campaign.hostile.Client.Sent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What one writer does in a conversation with sessions and turns. */
final class TalkWrites {
    private static final String NO_SESSION = "404 session-not-found";
    private static final String BUSY = "409 turn-in-progress";
    private static final int MAX_SESSIONS = 12;

    private final Client client;
    private final Talk talk;
    private final SharedWrites texts;

    /** @param texts makes texts that say whose they are */
    TalkWrites(Client client, Talk talk, SharedWrites texts) {
        this.client = client;
        this.talk = talk;
        this.texts = texts;
    }

    void append() throws IOException {
        ObjectNode message = Client.json().put("id", client.newId()).put("role", "user").put("text", texts.text());
        Sent sent = client.post("append beside turns", "/conversations/" + talk.conversation() + "/messages", message,
                Set.of());
        Api.stored(Client.JSON.createArrayNode().add(sent.body())).forEach(talk::acknowledge);
    }

    /** A live conversation cannot be purged. */
    void purgeLive() throws IOException {
        Sent sent = client.send("purge a live one", "DELETE", "/conversations/" + talk.conversation() + "?purge=true",
                Optional.empty(), Set.of("409 conversation-live"));
        assertThat(sent.answer().status()).as("%s", sent).isEqualTo(409);
    }

    void startSession() throws IOException {
        if (talk.sessions().size() >= MAX_SESSIONS) {
            deleteSession();
        }
        String id = client.newId();
        ObjectNode body = Client.json().put("id", id).put("conversationId", talk.conversation()).put("name", "one");
        Sent sent = client.post("start a session", "/sessions", body, Set.of("409 too-many-sessions"));
        if (sent.isSuccess()) {
            assertThat(client.post("repeat a session's start", "/sessions", body, Set.of("409 session-id-reused"))
                    .answer().status()).isEqualTo(200);
            talk.sessions().add(id);
        }
    }

    private void deleteSession() throws IOException {
        List<String> sessions = List.copyOf(talk.sessions());
        String id = sessions.get(1 + client.random().nextInt(sessions.size() - 1));
        if (talk.sessions().remove(id)) {
            client.send("delete a session", "DELETE", "/sessions/" + id, Optional.empty(), Set.of(NO_SESSION));
        }
    }

    /** An answer at once. */
    void turn() throws IOException {
        start("start a turn", "/echo " + texts.text());
    }

    /** A turn that is cancelled while it speaks, or after it has ended. */
    void cancelledTurn() throws IOException {
        Optional<String> turn = start("start a slow turn", "/slow 30 one two three four five six seven eight");
        if (turn.isPresent()) {
            Sent sent = client.post("cancel", "/turns/" + turn.get() + "/cancel", Client.json(),
                    Set.of("404 turn-not-found"));
            assertThat(sent.answer().status() == 404
                    || Set.of("cancelled", "completed", "failed").contains(sent.body().get("state").asString()))
                    .as("%s", sent)
                    .isTrue();
        }
    }

    private Optional<String> start(String kind, String text) throws IOException {
        List<String> sessions = List.copyOf(talk.sessions());
        String session = sessions.get(client.random().nextInt(sessions.size()));
        String prompt = client.newId();
        ObjectNode body = Client.json().put("id", client.newId()).put("messageId", prompt).put("text", text);
        String path = "/sessions/" + session + "/turns";
        Sent sent = client.post(kind, path, body, Set.of(NO_SESSION, BUSY));
        if (!sent.isSuccess()) {
            return Optional.empty();
        }
        talk.acknowledge(new Stored(prompt, 0, text));
        if (client.random().nextInt(4) == 0) {
            // Only the last 20 turns are kept, and a session may be deleted.
            Sent again = client.post("repeat a turn's start", path, body,
                    Set.of(NO_SESSION, BUSY, "409 message-id-reused"));
            assertThat(again.answer().status()).as("%s", again).isNotEqualTo(202);
        }
        return Optional.of(sent.body().get("id").asString());
    }

    void readTurns() throws IOException {
        Sent sent = client.send("list the turns", "GET", "/conversations/" + talk.conversation() + "/turns",
                Optional.empty(), Set.of());
        long unfinished = sent.body().get("items").valueStream()
                .filter(turn -> turn.get("finishedAt").isNull()).count();
        assertThat(unfinished).as("unfinished turns: %s", sent).isLessThan(2);
    }
}
