package dev.confab.bootstrap.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Compares the messages of a server with those that its clients had acknowledged. */
final class Ledger {
    private Ledger() {
    }

    /**
     * Every acknowledged message stands exactly once at the position acknowledged; what else stands there is a client's pending
     * message; positions have no gaps; each client's messages are in the order it sent them.
     */
    static void verify(Api api, List<AppendingClient> clients, String context) throws IOException {
        Map<String, List<AppendingClient>> byConversation = clients.stream()
                .collect(Collectors.groupingBy(AppendingClient::conversation));
        for (var entry : byConversation.entrySet()) {
            verify(api.messages(entry.getKey()), entry.getValue(), context + ", conversation " + entry.getKey());
        }
    }

    private static void verify(List<Api.Stored> stored, List<AppendingClient> clients, String context) {
        assertThat(stored).extracting(Api.Stored::position).as("%s: positions", context)
                .isEqualTo(IntStream.rangeClosed(1, stored.size()).boxed().toList());
        assertThat(stored).extracting(Api.Stored::id).as("%s: ids", context).doesNotHaveDuplicates();
        Set<Api.Stored> rest = new HashSet<>(stored);
        for (AppendingClient client : clients) {
            for (Api.Stored message : client.acknowledged()) {
                assertThat(rest.remove(message)).as("%s: acknowledged %s is not there", context, message).isTrue();
            }
        }
        Set<String> pending = clients.stream().flatMap(client -> client.pendingId().stream())
                .collect(Collectors.toSet());
        assertThat(rest).extracting(Api.Stored::id).as("%s: neither acknowledged nor pending", context)
                .isSubsetOf(pending);
        verifyOrder(stored, context);
    }

    private static void verifyOrder(List<Api.Stored> stored, String context) {
        Map<String, Integer> last = new HashMap<>();
        for (Api.Stored message : stored) {
            String[] words = message.text().split(" ", 3);
            int number = Integer.parseInt(words[1]);
            Integer before = last.put(words[0], number);
            assertThat(number).as("%s: the message of client %s at position %d", context, words[0], message.position())
                    .isEqualTo(before == null ? 1 : before + 1);
        }
    }
}
