package dev.confab.adapter.assistant.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.OwnerId;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurrentTimeTest {
    private static final OwnerId ALICE = new OwnerId("alice");
    private final CurrentTime tool = new CurrentTime(InstantSource.fixed(Instant.parse("2026-11-21T20:30:00.123Z")));

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", " { } "})
    void the_default_zone_is_utc(String arguments) {
        assertThat(tool.call(ALICE, arguments)).isEqualTo("{\"time\":\"2026-11-21T20:30:00Z\",\"zone\":\"UTC\"}");
    }

    @Test
    void the_time_is_in_the_given_zone() {
        assertThat(tool.call(ALICE, "{\"zone\":\"Asia/Kolkata\"}"))
                .isEqualTo("{\"time\":\"2026-11-22T02:00:00+05:30\",\"zone\":\"Asia/Kolkata\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"zone\":\"Mars\"}", "{\"zone\":\"\"}", "{\"zone\":\"GMT+2\"}", "{\"zone\":null}",
            "{\"zone\":7}", "{\"place\":\"Berlin\"}", "[]", "null", "{", "{} {}",
            "{\"zone\":\"UTC\",\"zone\":\"UTC\"}"})
    void invalid_arguments_are_reported(String arguments) {
        assertThat(tool.call(ALICE, arguments)).startsWith("{\"error\":\"");
    }

    @Test
    void the_schema_is_a_json_object() {
        assertThat(ToolArguments.JSON.readTree(tool.description().parameters()).path("type").asString())
                .isEqualTo("object");
    }
}
