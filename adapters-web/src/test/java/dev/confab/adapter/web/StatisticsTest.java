package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Statistics over HTTP; what is counted is tested in the domain. */
class StatisticsTest extends WebTest {
    private String trip() {
        return conversation("{\"messages\":[" + said("Ann", "2026-01-10T22:30:00.000Z", "To the sea 🌊") + ","
                + said("Ben", "2026-01-10T22:31:30.000Z", "to the sea! https://sea.example") + ","
                + said("Ann", "2026-01-11T23:10:00.000Z", "the sea") + "]}");
    }

    private static String said(String author, String time, String text) {
        return "{\"role\":\"user\",\"author\":\"" + author + "\",\"createdAt\":\"" + time + "\",\"text\":\"" + text
                + "\"}";
    }

    @Test
    void a_conversation_is_counted_in_the_zone_and_days_that_are_asked_for() {
        String path = trip() + "/statistics";

        JsonNode utc = get(path).expect(200).json();
        assertThat(utc.get("version").longValue()).isEqualTo(4);
        assertThat(utc.get("zone").stringValue()).isEqualTo("UTC");
        assertThat(utc.get("messages").longValue()).isEqualTo(3);
        assertThat(utc.get("words").longValue()).isEqualTo(8);
        assertThat(utc.get("people").toString()).isEqualTo("""
                [{"author":"Ann","role":null,"messages":2,"words":5,"begun":2},\
                {"author":"Ben","role":null,"messages":1,"words":3,"begun":0}]""");
        assertThat(utc.get("days").toString()).isEqualTo("""
                [{"date":"2026-01-10","messages":2,"words":6},{"date":"2026-01-11","messages":1,"words":2}]""");
        assertThat(utc.get("answers").toString()).isEqualTo(
                """
                        [{"by":{"author":"Ben","role":null},"to":{"author":"Ann","role":null},"count":1,"medianSeconds":90}]""");
        assertThat(utc.get("language").stringValue()).isEqualTo("en");
        assertThat(utc.get("topWords").toString()).isEqualTo("[{\"text\":\"sea\",\"count\":3}]");
        assertThat(utc.get("topEmoji").toString()).isEqualTo("[{\"text\":\"🌊\",\"count\":1}]");
        assertThat(utc.get("links").longValue()).isEqualTo(1);
        assertThat(utc.get("longestSilence").get("seconds").longValue()).isEqualTo(88_710);
        assertThat(utc.get("longestStreak").toString())
                .isEqualTo("{\"from\":\"2026-01-10\",\"to\":\"2026-01-11\",\"days\":2}");

        JsonNode berlin = get(path + "?zone=Europe/Berlin&from=2026-01-11&to=2026-01-12&language=none").expect(200)
                .json();
        assertThat(berlin.get("days").toString()).isEqualTo("[{\"date\":\"2026-01-12\",\"messages\":1,\"words\":2}]");
        assertThat(berlin.get("hours").get(0).get("messages").longValue()).isEqualTo(1);
        assertThat(berlin.get("weekdays").get(0).get("messages").longValue()).isEqualTo(1);
        assertThat(berlin.get("language").isNull()).isTrue();
        assertThat(berlin.get("from").stringValue()).isEqualTo("2026-01-11");
        assertThat(get(path + "?zone=%2B02:00").expect(200).text("zone")).isEqualTo("+02:00");
    }

    @Test
    void an_edit_and_a_removal_show_at_once() {
        String trip = trip();
        String first = get(trip + "/messages").json().at("/items/0/id").stringValue();
        get(trip + "/statistics").expect(200);

        patch(trip + "/messages/" + first, "{\"text\":\"mountains\"}").expect(200);
        assertThat(get(trip + "/statistics").json().get("words").longValue()).isEqualTo(6);
        delete(trip + "/messages/" + first).expect(204);
        assertThat(get(trip + "/statistics").json().get("messages").longValue()).isEqualTo(2);
        delete(trip).expect(204);
        get(trip + "/statistics").expectProblem(404, "conversation-not-found");
        call("HEAD", conversation("{}") + "/statistics", BodyPublishers.noBody()).expect(200);
    }

    @Test
    void all_conversations_of_an_owner_add_up() {
        JsonNode before = get("/statistics").expect(200).json();
        trip();
        JsonNode after = get("/statistics").expect(200).json();

        assertThat(after.get("version").isNull()).isTrue();
        assertThat(after.get("conversations").intValue()).isEqualTo(before.get("conversations").intValue() + 1);
        assertThat(after.get("messages").longValue()).isEqualTo(before.get("messages").longValue() + 3);
    }

    @ParameterizedTest
    @CsvSource({"zone=Berlin, zone: must be a time zone", "zone=, zone: must be a time zone",
            "from=yesterday, from: must be a date", "to=2026-02-30, to: must be a date",
            "from=2026-01-31T00:00:00.000Z, from: must be a date", "to=%2B12026-01-01, to: must be a date",
            "from=2026-02-01&to=2026-01-31, to: must not be before from",
            "language=xx, 'language: must be one of de, en, none'", "zone=UTC&zone=UTC, duplicate query parameter"})
    void what_is_asked_for_must_be_well_formed(String query, String detail) {
        String path = conversation("{}");
        for (String statistics : new String[]{path + "/statistics?", "/statistics?"}) {
            assertThat(get(statistics + query).expectProblem(400, "invalid-request").text("detail")).contains(detail);
        }
    }
}
