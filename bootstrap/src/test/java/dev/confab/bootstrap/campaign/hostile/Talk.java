package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.Api.Stored;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** A conversation in which several writers append, work in sessions and start turns. Nothing is removed from it. */
final class Talk {
    private final String conversation;
    private final List<String> sessions = new CopyOnWriteArrayList<>();
    /** By id. A prompt's position is not part of its acknowledgement, so it is 0. */
    private final Map<String, Stored> acknowledged = new ConcurrentHashMap<>();

    private Talk(String conversation, String session) {
        this.conversation = conversation;
        sessions.add(session);
    }

    static Talk start(Api api) throws IOException {
        Api.Answer session = api.send("POST", "/sessions", Optional.of(Client.json()));
        assertThat(session.status()).as("%s", session).isEqualTo(201);
        return new Talk(session.body().get("conversationId").asString(), session.body().get("id").asString());
    }

    String conversation() {
        return conversation;
    }

    /** The first is never deleted. */
    List<String> sessions() {
        return sessions;
    }

    void acknowledge(Stored message) {
        acknowledged.put(message.id(), message);
    }

    void verify(Api api) throws IOException {
        assertThat(Invariants.hasUnfinishedTurn(api, conversation)).as("turns of %s end", conversation).isFalse();
        List<Stored> stored = api.messages(conversation);
        Invariants.verifyMessages(stored, conversation);
        var byId = new LinkedHashMap<String, Stored>();
        stored.forEach(message -> byId.put(message.id(), message));
        acknowledged.forEach((id, message) -> {
            Stored there = byId.get(id);
            assertThat(there).as("acknowledged %s in %s", message, conversation).isNotNull();
            assertThat(there.text()).isEqualTo(message.text());
            assertThat(message.position()).as("%s", there).isIn(0, there.position());
        });
        var rest = new HashSet<>(byId.keySet());
        rest.removeAll(acknowledged.keySet());
        verifyReplies(api, rest);
    }

    /** All that no writer appended are replies. Nothing is edited, so each message has a later version than the one before. */
    private void verifyReplies(Api api, Set<String> replies) throws IOException {
        long version = 0;
        for (int after = 0;;) {
            JsonNode items = api.get("/conversations/" + conversation + "/messages?limit=1000&after=" + after).body()
                    .get("items");
            if (items.isEmpty()) {
                return;
            }
            for (JsonNode item : items) {
                boolean reply = replies.contains(item.get("id").asString());
                assertThat(item.get("role").asString()).as("%s", item).isEqualTo(reply ? "assistant" : "user");
                assertThat(item.get("version").asLong()).as("%s", item).isGreaterThan(version);
                version = item.get("version").asLong();
                after = item.get("position").asInt();
            }
        }
    }
}
