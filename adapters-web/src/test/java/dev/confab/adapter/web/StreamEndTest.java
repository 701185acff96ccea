package dev.confab.adapter.web;

import static dev.confab.domain.access.Scope.ON_BEHALF;
import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.EventClient.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Open event streams end when their caller may no longer read. */
class StreamEndTest extends KeyTest {

    @Test
    void the_streams_of_a_revoked_key_end_and_those_of_another_go_on() throws Exception {
        var revoked = issue("ann", READ, WRITE);
        var other = issue("ann", READ, WRITE);
        String path = "/conversations/"
                + post("/conversations", "{}", AUTHORIZATION, bearer(revoked)).expect(201).text("id");
        try (var owner = open("/events", bearer(revoked));
                var conversation = open(path + "/events", bearer(revoked));
                var going = open(path + "/events", bearer(other))) {
            keys.revoke(id(revoked));

            assertThat(lastOf(owner)).isEqualTo("end");
            assertThat(lastOf(conversation)).isEqualTo("end");
            patch(path, "{\"title\":\"later\"}", AUTHORIZATION, bearer(other)).expect(200);
            assertThat(going.nextEvent().data()).doesNotContain("later");
            assertThat(going.nextEvent().data()).contains("later");
        }
        assertThat(new EventClient(uri(path + "/events"), AUTHORIZATION, bearer(revoked)).response().statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_stream_on_behalf_of_an_owner_ends_with_the_key_that_opened_it() throws Exception {
        var backend = issue("backend", READ, ON_BEHALF);
        try (var stream = open("/events", bearer(backend), "Confab-Owner", "ann")) {
            keys.revoke(id(backend));

            assertThat(lastOf(stream)).isEqualTo("end");
        }
    }

    @Test
    void the_stream_of_an_expired_key_ends() throws Exception {
        var brief = issueUntil(clock.instant().plus(Duration.ofHours(1)), "ann", READ);
        try (var stream = open("/events", bearer(brief))) {
            clock.putForward(Duration.ofHours(1));

            assertThat(lastOf(stream)).isEqualTo("end");
        }
    }

    private EventClient open(String path, String token, String... more) throws Exception {
        var headers = new ArrayList<>(List.of(AUTHORIZATION, token));
        headers.addAll(List.of(more));
        var client = new EventClient(uri(path), headers.toArray(String[]::new));
        assertThat(client.response().statusCode()).isEqualTo(200);
        return client;
    }

    /** How the stream ends. */
    private static String lastOf(EventClient client) throws InterruptedException {
        Event event = client.next();
        while (!event.event().equals("end") && !event.event().equals("broken")) {
            event = client.next();
        }
        return event.event();
    }
}
