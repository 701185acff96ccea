package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.EventClient.Event;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.Start;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.turn.TurnService;
import dev.confab.application.turn.run.TurnRunner;
import dev.confab.application.turn.run.TurnSettings;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.session.SessionId;
import dev.confab.domain.session.Session.TokenBudget;
import dev.confab.domain.session.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A turn that another instance runs, over the same store: here only what is committed is known. */
class TurnElsewhereTest extends TurnTest {
    private static final OwnerId OWNER = new OwnerId("local");

    @Autowired
    RetryingConversationStore retrying;
    @Autowired
    BreakableStore reader;
    @Autowired
    IdResolver ids;
    @Autowired
    TestClock clock;

    @AutoClose
    private TurnRunner runner;
    private TurnService elsewhere;

    @BeforeEach
    void startTheOtherInstance() {
        runner = new TurnRunner(retrying, reader, store, store, assistant, new TestTokenCounter(), List.of(), clock,
                new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(5), new TokenBudget(32_000), 1_000,
                        Set.of()));
        elsewhere = new TurnService(retrying, reader, store, runner, ids, clock);
    }

    @Test
    void a_reader_gets_the_committed_events_and_then_the_end() throws Exception {
        String prompt = prompt();
        var script = assistant.script(prompt).say("Hello");
        String turn = startElsewhere(session("{}"), prompt);
        try (var client = new EventClient(uri(turn + "/events"))) {
            assertThat(client.nextEvent().event()).isEqualTo("turn.started");

            script.complete();

            Event message = client.nextEvent();
            assertThat(message.event()).isEqualTo("message.completed");
            assertThat(message.json().get("text").stringValue()).isEqualTo("Hello");
            Event ended = client.nextEvent();
            assertThat(ended.event()).isEqualTo("turn.completed");
            assertThat(client.next().event()).isEqualTo("end");
            get(turn + "/events", "Last-Event-ID", ended.id()).expect(204);
        }
    }

    @Test
    void the_stream_of_a_removed_turn_stops_because_its_end_is_unknown() throws Exception {
        String prompt = prompt();
        assistant.script(prompt);
        String session = session("{}");
        String turn = startElsewhere(session, prompt);
        try (var client = new EventClient(uri(turn + "/events"))) {
            assertThat(client.nextEvent().event()).isEqualTo("turn.started");

            delete("/conversations/" + get(session).text("conversationId")).expect(204);

            assertThat(client.nextEvent().event()).isEqualTo("end");
        }
        get(turn + "/events", "Last-Event-ID", "2000000").expectProblem(404, "turn-not-found");
    }

    private String startElsewhere(String session, String prompt) {
        Turn turn = elsewhere.start(OWNER, SessionId.parse(session.substring(10)),
                new Start.Prompt(new RequestedId.Unnamed(), new RequestedId.Unnamed(), prompt)).value();
        return "/turns/" + turn.id();
    }
}
