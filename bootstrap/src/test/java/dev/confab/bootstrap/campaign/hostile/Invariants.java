package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.Api.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** What holds of every conversation at any moment, as far as HTTP shows it. */
final class Invariants {
    private static final Set<String> UNFINISHED = Set.of("running", "awaiting-approval");

    private Invariants() {
    }

    /** Positions without a gap, and no id twice. */
    static void verifyMessages(List<Stored> messages, String conversation) {
        assertThat(messages).extracting(Stored::position).as("positions in %s", conversation)
                .isEqualTo(IntStream.rangeClosed(1, messages.size()).boxed().toList());
        assertThat(messages).extracting(Stored::id).as("message ids in %s", conversation).doesNotHaveDuplicates();
    }

    /** At most one turn is unfinished; returns whether one is. */
    static boolean hasUnfinishedTurn(Api api, String conversation) throws IOException {
        var states = new ArrayList<String>();
        for (JsonNode turn : api.get("/conversations/" + conversation + "/turns").body().get("items")) {
            states.add(turn.get("state").asString());
        }
        assertThat(states).as("states of the turns of %s", conversation).filteredOn(UNFINISHED::contains)
                .hasSizeLessThan(2);
        return states.stream().anyMatch(UNFINISHED::contains);
    }

    /** The ids of all conversations of a listing, page by page. */
    static Set<String> listed(Api api, String query) throws IOException {
        var ids = new TreeSet<String>();
        String cursor = "";
        while (true) {
            JsonNode page = api.get("/conversations?limit=100" + query + cursor).body();
            for (JsonNode item : page.get("items")) {
                assertThat(ids.add(item.get("id").asString())).as("%s is listed once", item).isTrue();
            }
            if (page.get("nextCursor").isNull()) {
                return ids;
            }
            cursor = "&cursor=" + page.get("nextCursor").asString();
        }
    }
}
