package dev.confab.adapter.assistant.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Role;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an endpoint is told about the authors of messages. */
@Timeout(60)
class AuthorsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void an_author_is_the_name_of_the_message_where_it_may_be_one() throws Exception {
        assertThat(sent(by("Anna-2", Role.USER, "Hello"), by("gpt_4", Role.ASSISTANT, "Hi"),
                by("a".repeat(64), Role.SYSTEM, "Be brief."))).isEqualTo(JSON.readTree("""
                        [{"role":"user","content":"Hello","name":"Anna-2"},
                        {"role":"assistant","content":"Hi","name":"gpt_4"},
                        {"role":"system","content":"Be brief.","name":"%s"}]""".formatted("a".repeat(64))));
    }

    @Test
    void any_other_author_comes_before_the_text() throws Exception {
        assertThat(sent(by("Jörg Müller", Role.USER, "Hello"), by("gpt-4.1", Role.ASSISTANT, "Hi"),
                by("a".repeat(65), Role.USER, ""))).isEqualTo(JSON.readTree("""
                        [{"role":"user","content":"Jörg Müller: Hello"},
                        {"role":"assistant","content":"gpt-4.1: Hi"},
                        {"role":"user","content":"%s: "}]""".formatted("a".repeat(65))));
    }

    @Test
    void an_author_can_call_tools() throws Exception {
        String call = "{\"toolCalls\":[{\"id\":\"c\",\"name\":\"time\",\"arguments\":\"{}\"}]}";
        Message result = AssistantUnderTest.message(2, Role.TOOL, "9:00",
                Optional.of("{\"toolResult\":{\"callId\":\"c\",\"name\":\"time\"}}"));

        assertThat(sent(with(AssistantUnderTest.message(1, Role.ASSISTANT, "", Optional.of(call)), "Robot"), result)
                .get(0)).isEqualTo(JSON.readTree("""
                        {"role":"assistant","name":"Robot","tool_calls":[
                        {"id":"c","type":"function","function":{"name":"time","arguments":"{}"}}]}"""));
    }

    private static Message by(String author, Role role, String text) {
        return with(AssistantUnderTest.message(1, role, text), author);
    }

    private static Message with(Message message, String author) {
        return new Message(message.id(), message.position(), message.role(), Optional.of(new Author(author)),
                message.text(), message.data(), message.metadata(), message.createdAt(), message.editedAt(),
                message.removedAt(), message.version(), message.digest(), message.incomplete());
    }

    private static JsonNode sent(Message... messages) throws Exception {
        try (var endpoint = new FakeEndpoint(wire -> wire.open().events(Chunks.STOP, Chunks.DONE).end());
                var tested = AssistantUnderTest.at(endpoint.url(""))) {
            tested.ask(AssistantUnderTest.question(messages));
            return JSON.readTree(endpoint.requests().getFirst().body()).path("messages");
        }
    }
}
