package dev.confab.adapter.assistant.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.TurnFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineAssistantTest {
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();
    private final OfflineAssistant assistant = new OfflineAssistant(pauses::add);

    @AfterEach
    void clear_the_interrupt() {
        Thread.interrupted();
    }

    @Test
    void echo_repeats_the_text_word_by_word_without_changing_it() throws Exception {
        AssistantReply reply = answer(Questions.asking("/echo  one two\n\n  three 👩‍🚀 "));

        assertThat(pieces).containsExactly(" ", "one ", "two\n\n  ", "three ", "👩‍🚀 ");
        assertThat(reply).isEqualTo(new AssistantReply.Complete(Optional.of(new TokenUsage(5, 5))));
        assertThat(pauses).isEmpty();
    }

    @Test
    void slow_pauses_before_each_word() throws Exception {
        answer(Questions.asking("/slow 250 one two"));

        assertThat(pieces).containsExactly("one ", "two");
        assertThat(pauses).containsExactly(Duration.ofMillis(250), Duration.ofMillis(250));
    }

    @Test
    void an_interrupted_pause_ends_the_answer() {
        var interrupted = new OfflineAssistant(time -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> interrupted.answer(Questions.asking("/slow 60000 one two"), pieces::add))
                .isInstanceOf(InterruptedException.class);
        assertThat(pieces).isEmpty();
    }

    @Test
    void an_interrupt_ends_an_answer_that_does_not_pause() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> answer(Questions.asking("/echo one two"))).isInstanceOf(InterruptedException.class);
        assertThat(pieces).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slow", "/slow now hello", "/slow 60001 hello", "/slow -1 hello", "/slow 10", "/slow 10 ",
            "/slow 99999999999 hello", "/echo", "/echo  ", "/search", "/unknown", "/"})
    void an_unknown_or_incomplete_command_is_explained(String prompt) throws Exception {
        assertThat(answer(Questions.asking(prompt))).isInstanceOf(AssistantReply.Complete.class);
        assertThat(text()).containsAnyOf("Usage: ", "offline assistant");
        assertThat(pauses).isEmpty();
    }

    @Test
    void fail_fails_with_the_given_reason() {
        assertThatThrownBy(() -> answer(Questions.asking("/fail the moon is full")))
                .asInstanceOf(type(AssistantFailed.class)).extracting(AssistantFailed::failure)
                .isEqualTo(new TurnFailure("asked-to-fail", "the moon is full"));
    }

    @Test
    void a_long_reason_is_cut_between_two_characters() {
        assertThatThrownBy(() -> answer(Questions.asking("/fail x" + "👩".repeat(400))))
                .asInstanceOf(type(AssistantFailed.class)).extracting(failed -> failed.failure().detail().length())
                .isEqualTo(500);
        assertThatThrownBy(() -> answer(Questions.asking("/fail " + "👩".repeat(400))))
                .asInstanceOf(type(AssistantFailed.class)).extracting(failed -> failed.failure().detail().length())
                .isEqualTo(499);
    }

    @Test
    void search_calls_the_tool_and_then_lists_the_hits() throws Exception {
        Question question = Questions.asking("/search blue \"whale\"");

        assertThat(requests(question)).containsExactly(
                new ToolRequest("search_conversations", "{\"query\":\"blue \\\"whale\\\"\"}"));
        assertThat(pieces).isEmpty();

        answer(Questions.after(question, call("search_conversations").withResult("""
                [{"conversationId":"1","title":"Sea","createdAt":"2026-11-20T10:00:00Z","snippet":"the blue whale"},
                {"conversationId":"2","title":null,"createdAt":"2026-11-19T10:00:00Z","snippet":"a blue whale"}]""")));
        assertThat(text()).isEqualTo("""
                I found 2 messages:
                - 2026-11-20T10:00:00Z, “Sea”: the blue whale
                - 2026-11-19T10:00:00Z, without a title: a blue whale""");
    }

    @Test
    void a_search_without_hits_says_so() throws Exception {
        answer(Questions.after(Questions.asking("/search whale"), call("search_conversations").withResult("[]")));

        assertThat(text()).isEqualTo("I found nothing.");
    }

    @Test
    void a_rejected_call_is_reported_with_its_reason() throws Exception {
        var rejected = new ToolCall("1", "search_conversations", "{}", true,
                Optional.of(new Approval(false, Optional.of("not now"))), Optional.empty());

        answer(Questions.after(Questions.asking("/search whale"), rejected));

        assertThat(text()).isEqualTo("I was not allowed to call search_conversations: not now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not JSON", "[", "7", "{}", ""})
    void a_result_in_an_unknown_format_is_quoted(String result) throws Exception {
        answer(Questions.after(Questions.asking("/search whale"), call("search_conversations").withResult(result)));

        assertThat(text()).isEqualTo("search_conversations says: " + result);
    }

    @Test
    void time_calls_the_tool_and_then_tells_the_time() throws Exception {
        assertThat(requests(Questions.asking("/time"))).containsExactly(new ToolRequest("current_time", "{}"));
        assertThat(requests(Questions.asking("/time Asia/Tokyo")))
                .containsExactly(new ToolRequest("current_time", "{\"zone\":\"Asia/Tokyo\"}"));

        answer(Questions.after(Questions.asking("/time"),
                call("current_time").withResult("{\"time\":\"2026-11-21T20:30:00Z\"}")));
        assertThat(text()).isEqualTo("It is 2026-11-21T20:30:00Z.");
    }

    @Test
    void a_tool_that_is_not_offered_is_not_called() throws Exception {
        assertThat(answer(Questions.withoutTools(Questions.asking("/time"))))
                .isInstanceOf(AssistantReply.Complete.class);
        assertThat(text()).contains("current_time", "not offered");
    }

    @Test
    void the_message_with_the_most_common_words_is_quoted_and_the_latest_of_several() throws Exception {
        answer(Questions.asking("My cat is called Minka.", "The dentist is on Monday.", "My dog is called Rex.",
                "/echo cat called", "What is my cat called?"));
        assertThat(text()).isEqualTo("Earlier you wrote: “My cat is called Minka.”");

        pieces.clear();
        answer(Questions.asking("My cat is called Minka.", "My dog is called Rex.", "Who is called what?"));
        assertThat(text()).isEqualTo("Earlier you wrote: “My dog is called Rex.”");
    }

    @Test
    void messages_are_counted() throws Exception {
        answer(Questions.asking("Hello", "How many messages are there?"));

        assertThat(text()).startsWith("I see 3 messages of this conversation").endsWith("2 are from you.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Hello", "What is it?", "!"})
    void an_unanswerable_question_gets_the_help_text(String prompt) throws Exception {
        answer(Questions.asking("The dentist is on Monday.", prompt));

        assertThat(text()).contains("/echo", "/slow", "/fail", "/search", "/time");
    }

    private AssistantReply answer(Question question) throws InterruptedException {
        return assistant.answer(question, pieces::add);
    }

    private List<ToolRequest> requests(Question question) throws InterruptedException {
        return ((AssistantReply.NeedsTools) answer(question)).requests();
    }

    private String text() {
        return String.join("", pieces);
    }

    private static ToolCall call(String tool) {
        return ToolCall.asked("1", tool, "{}", false);
    }
}
