package dev.confab.adapter.persistence.jpa.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Hint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedPayloadTest {
    private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";

    @Test
    void the_form_is_stable_because_instances_of_two_releases_may_run_at_once() {
        var hint = new Hint(ConversationId.parse(ID), new OwnerId("Zoë 🎈"), 42);

        assertThat(FeedPayload.encode("abc", List.of(hint))).containsExactly("1 abc " + ID + " 42 6:Zoë 🎈");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"\\", " 1 2:", "\n\t", "🎈", "9:x", "\u202Eabc", "\uFFFF"})
    void every_owner_is_returned_unchanged(String owner) {
        List<Hint> hints = List.of(hint(owner, 1), hint(owner.repeat(200).substring(0, 200), Long.MAX_VALUE),
                hint("x", 3));

        assertThat(FeedPayload.encode("abc", hints)).singleElement()
                .satisfies(text -> assertThat(FeedPayload.decode(text)).contains(new FeedPayload("abc", hints)));
    }

    @Test
    void many_hints_are_spread_over_payloads_that_the_server_takes() {
        List<Hint> hints = IntStream.range(0, 500).mapToObj(n -> hint("\uFFFF".repeat(n % 200 + 1), n)).toList();

        List<String> payloads = FeedPayload.encode("abc", hints);

        assertThat(payloads).hasSizeLessThan(30)
                .allMatch(payload -> payload.getBytes(StandardCharsets.UTF_8).length <= 7_999);
        assertThat(payloads.stream().flatMap(payload -> FeedPayload.decode(payload).orElseThrow().hints().stream()))
                .isEqualTo(hints);
    }

    @Test
    void no_hints_are_no_payload() {
        assertThat(FeedPayload.encode("abc", List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2 abc", "hello", "1 abc ", "1 abc " + ID, "1 abc " + ID + " 1 9:short",
            "1 abc " + ID + " 1 0:", "1 abc " + ID + " 99999999999999999999 1:x", "1 abc " + ID + " 1 1:x?"})
    void a_foreign_payload_is_ignored(String text) {
        assertThat(FeedPayload.decode(text)).isEmpty();
    }

    private static Hint hint(String owner, long revision) {
        return new Hint(Samples.newConversationId(), new OwnerId(owner), revision);
    }
}
