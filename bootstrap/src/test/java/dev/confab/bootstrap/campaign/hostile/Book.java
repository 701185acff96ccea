package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Everything that was acknowledged to the writers who share a conversation. */
final class Book {
    private final String conversation;
    /** Guarded by this, like the rest. */
    private final List<AcknowledgedChange> acknowledged = new ArrayList<>();
    private long highest = 1;
    private boolean certain = true;

    Book(String conversation) {
        this.conversation = conversation;
    }

    String conversation() {
        return conversation;
    }

    /** The highest version acknowledged so far. */
    synchronized long highest() {
        return highest;
    }

    /** @param before the highest version when the request was sent */
    synchronized void add(AcknowledgedChange change, long before) {
        assertThat(change.version()).as("version of %s, sent after version %d was acknowledged", change, before)
                .isGreaterThanOrEqualTo(before);
        highest = Math.max(highest, change.version());
        acknowledged.add(change);
    }

    /** An attempt may have been recorded although it was not acknowledged: then the versions acknowledged may have gaps. */
    synchronized void outcomeUnknown() {
        certain = false;
    }

    synchronized boolean isCertain() {
        return certain;
    }

    synchronized int changes() {
        return acknowledged.size();
    }

    /** Replays what was acknowledged, and compares the end with what the server returns. */
    synchronized void verify(Api api) throws IOException {
        List<Api.Stored> stored = api.messages(conversation);
        Invariants.verifyMessages(stored, conversation);
        if (!certain) {
            verifyKept(stored);
            return;
        }
        var history = new ConversationHistory();
        new TreeMap<>(acknowledged.stream().collect(Collectors.groupingBy(AcknowledgedChange::version)))
                .forEach(history::apply);
        assertThat(stored).as("messages of %s, which is %s", conversation, history).isEqualTo(history.messages());
        JsonNode head = api.get("/conversations/" + conversation).body();
        assertThat(head.get("version").asLong()).isEqualTo(history.version());
        assertThat(head.get("messageCount").asInt()).isEqualTo(stored.size());
        assertThat(text(head.get("title"))).isEqualTo(history.title());
        assertThat(text(head.get("metadata").path("label"))).isEqualTo(history.label());
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }

    /** Without all versions: what was appended after the last removal is there. */
    private void verifyKept(List<Api.Stored> stored) {
        long removal = acknowledged.stream()
                .filter(change -> change instanceof AcknowledgedChange.Cleared
                        || change instanceof AcknowledgedChange.Truncated)
                .mapToLong(AcknowledgedChange::version).max().orElse(0);
        List<String> kept = acknowledged.stream().filter(change -> change.version() > removal)
                .flatMap(change -> change instanceof AcknowledgedChange.Appended(var _, var messages)
                        ? messages.stream().map(Api.Stored::id)
                        : Stream.empty())
                .toList();
        assertThat(stored).extracting(Api.Stored::id).as("messages of %s", conversation).containsAll(kept);
    }
}
