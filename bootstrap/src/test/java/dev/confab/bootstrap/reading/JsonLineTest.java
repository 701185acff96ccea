package dev.confab.bootstrap.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.conversation.MessageJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonLineTest {
    @Test
    void what_a_terminal_would_obey_is_escaped_and_the_value_is_the_same() {
        var message = new MessageJson("id", 1, "user", null, "a\u009B\u202E\uDB40\uDC41\u007F\u001B[2J\n👩\u200D👩",
                "{\n\t\"n\": 1.10, \"t\":\"\u009B\"}", Map.of(), "now", null, null, null, 2);

        String line = JsonLine.of(message);

        assertThat(line).contains("a\\u009b\\u202e\\udb40\\udc41\\u007f\\u001B[2J\\n👩\u200D👩",
                "\"data\":{  \"n\": 1.10, \"t\":\"\\u009b\"}").doesNotContainPattern("\\p{Cc}");
        var json = JsonMapper.shared().readTree(line);
        assertThat(json.get("text").stringValue()).isEqualTo(message.text());
        assertThat(json.at("/data/t").stringValue()).isEqualTo("\u009B");
    }
}
