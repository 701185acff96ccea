package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A group chat of 2,000 messages over half a year, through the HTTP API: each store gives the numbers that a plain loop finds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatisticsContract {
    private static final JsonMapper JSON = new JsonMapper();
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> PEOPLE = List.of("Ann", "Ben", "+1 123 456 789");
    private static final List<String> WORDS = List.of("the", "and", "to", "of", "lorem", "ipsum", "dolor", "sit",
            "amet", "magna", "officia", "nostrud");

    private final List<Said> chat = new ArrayList<>();
    private RunningConfab confab;
    private String conversation;

    private record Said(String author, Instant at, List<String> words) {
        ZonedDateTime local() {
            return at.atZone(BERLIN);
        }
    }

    abstract RunningConfab start() throws Exception;

    @BeforeAll
    void begin() throws Exception {
        confab = start();
        var random = new Random(20);
        Instant at = Instant.parse("2025-02-01T06:00:00Z");
        for (int i = 0; i < 2_000; i++) {
            at = at.plusSeconds(
                    1 + (long) (random.nextDouble() < 0.9 ? random.nextInt(3_600) : random.nextInt(90_000)));
            chat.add(new Said(PEOPLE.get(random.nextInt(3)), at,
                    random.ints(1 + random.nextInt(12), 0, WORDS.size()).mapToObj(WORDS::get).toList()));
        }
        conversation = JSON.readTree(confab.post("/api/v1/conversations", "{}").body()).get("id").stringValue();
        for (int from = 0; from < chat.size(); from += 1_000) {
            var messages = chat.subList(from, from + 1_000).stream().map(said -> Map.of("role", "user", "author",
                    said.author(), "createdAt", said.at().toString().replace("Z", ".000Z"), "text",
                    String.join(" ", said.words()) + ".")).toList();
            var response = confab.post("/api/v1/conversations/" + conversation + "/messages/batch",
                    JSON.writeValueAsString(Map.of("messages", messages)));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        }
    }

    @AfterAll
    void end() {
        confab.close();
    }

    @Test
    void a_conversation_has_the_numbers_that_a_plain_loop_finds() throws Exception {
        JsonNode found = statistics("/api/v1/conversations/" + conversation + "/statistics?zone=Europe/Berlin");

        assertThat(found.get("messages").longValue()).isEqualTo(2_000);
        assertThat(counts(found.get("people"), "author")).isEqualTo(by(Said::author));
        assertThat(counts(found.get("days"), "date")).isEqualTo(by(said -> said.local().toLocalDate().toString()));
        Map<String, Long> hours = by(said -> Integer.toString(said.local().getHour()));
        Map<String, Long> weekdays = by(said -> Integer.toString(said.local().getDayOfWeek().getValue() - 1));
        for (int i = 0; i < 24; i++) {
            assertThat(found.get("hours").get(i).get("messages").longValue())
                    .isEqualTo(hours.getOrDefault(Integer.toString(i), 0L));
        }
        for (int i = 0; i < 7; i++) {
            assertThat(found.get("weekdays").get(i).get("messages").longValue())
                    .isEqualTo(weekdays.getOrDefault(Integer.toString(i), 0L));
        }
        assertThat(found.get("language").stringValue()).isEqualTo("en");
        var words = new TreeMap<>(chat.stream().flatMap(said -> said.words().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
        words.keySet().removeAll(List.of("the", "and", "to", "of"));
        var top = new TreeMap<String, Long>();
        found.get("topWords").forEach(use -> top.put(use.get("text").stringValue(), use.get("count").longValue()));
        assertThat(top).isEqualTo(words);
        long longest = 0;
        for (int i = 1; i < chat.size(); i++) {
            longest = Math.max(longest, chat.get(i).at().getEpochSecond() - chat.get(i - 1).at().getEpochSecond());
        }
        assertThat(found.get("longestSilence").get("seconds").longValue()).isEqualTo(longest);
        assertThat(found.get("answers").valueStream().mapToLong(pair -> pair.get("count").longValue()).sum())
                .isEqualTo(answers());
    }

    private long answers() {
        long count = 0;
        for (int i = 1; i < chat.size(); i++) {
            long seconds = chat.get(i).at().getEpochSecond() - chat.get(i - 1).at().getEpochSecond();
            count += seconds < 6 * 3_600 && !chat.get(i).author().equals(chat.get(i - 1).author()) ? 1 : 0;
        }
        return count;
    }

    @Test
    void of_all_conversations_a_period_has_its_days() throws Exception {
        JsonNode found = statistics("/api/v1/statistics?zone=Europe/Berlin&from=2025-03-01&to=2025-03-31");

        assertThat(counts(found.get("days"), "date")).isEqualTo(by(said -> said.local().toLocalDate().toString())
                .entrySet().stream().filter(day -> day.getKey().startsWith("2025-03"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        assertThat(found.get("partial").booleanValue()).isFalse();
    }

    private JsonNode statistics(String path) throws Exception {
        var response = confab.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private Map<String, Long> by(Function<Said, String> key) {
        return chat.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }

    private static Map<String, Long> counts(JsonNode items, String key) {
        return items.valueStream().collect(Collectors.toMap(item -> item.get(key).stringValue(),
                item -> item.get("messages").longValue()));
    }
}
