package dev.confab.adapter.web.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CursorsTest {
    private final Cursors cursors = new Cursors(
            new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));

    @Test
    void a_cursor_opens_for_its_own_query_only() {
        String cursor = cursors.seal("query", "place");

        assertThat(cursors.open("query", Optional.of(cursor))).contains("place");
        assertThatThrownBy(() -> cursors.open("other", Optional.of(cursor))).hasMessageContaining("cursor");
    }

    /** The signature covers where the query ends: otherwise the end of a query could be passed off as the start of a place. */
    @Test
    void a_part_of_the_query_cannot_be_moved_into_the_place() {
        String cursor = cursors.seal("owner1", "0 place");
        byte[] sealed = Base64.getUrlDecoder().decode(cursor);
        byte[] place = "10 place".getBytes(StandardCharsets.UTF_8);
        byte[] forged = java.util.Arrays.copyOf(sealed, 16 + place.length);
        System.arraycopy(place, 0, forged, 16, place.length);
        String moved = Base64.getUrlEncoder().withoutPadding().encodeToString(forged);

        assertThatThrownBy(() -> cursors.open("owner", Optional.of(moved))).hasMessageContaining("cursor");
    }
}
