package dev.confab.bootstrap.campaign.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bootstrap.campaign.Api;
import dev.confab.bootstrap.campaign.Api.Stored;
import java.io.IOException;
import java.util.List;

/**
 * A conversation of one writer alone, and what was acknowledged about it.
 *
 * @param lastText of its last message, of which there is at least one
 */
record Kept(String id, int messages, String lastText, Place place) {

    enum Place {
        LIVE, BIN, PURGED
    }

    Kept at(Place now) {
        return new Kept(id, messages, lastText, now);
    }

    String path() {
        return "/conversations/" + id;
    }

    void verify(Api api) throws IOException {
        Api.Answer head = api.get(path());
        if (place != Place.LIVE) {
            assertThat(Client.label(head)).as("%s", this).isEqualTo("404 conversation-not-found");
            return;
        }
        assertThat(head.status()).as("%s", this).isEqualTo(200);
        assertThat(head.body().get("messageCount").asInt()).as("%s", this).isEqualTo(messages);
        List<Stored> stored = api.messages(id);
        Invariants.verifyMessages(stored, id);
        assertThat(stored).as("%s", this).hasSize(messages);
        assertThat(stored.getLast().text()).as("%s", this).isEqualTo(lastText);
    }
}
