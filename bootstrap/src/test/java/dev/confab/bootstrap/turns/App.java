package dev.confab.bootstrap.turns;

import dev.confab.adapter.assistant.openai.token.ModelTokenCounter;
import dev.confab.application.Conversations;
import dev.confab.application.Messages;
import dev.confab.application.Sessions;
import dev.confab.application.Turns;
import dev.confab.application.conversation.ConversationService;
import dev.confab.application.conversation.IdResolver;
import dev.confab.application.conversation.MessageService;
import dev.confab.application.retry.RetryListener;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.application.session.SessionService;
import dev.confab.application.turn.TurnService;
import dev.confab.application.turn.run.TurnRunner;
import dev.confab.application.turn.run.TurnSettings;
import dev.confab.bootstrap.generator.JugIds;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.Tool;
import dev.confab.domain.session.Session.TokenBudget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The use cases of one instance over a store, with a clock of its own. */
record App(Sessions sessions, Turns turns, Conversations conversations, Messages messages,
        TurnRunner runner) implements AutoCloseable {

    static App over(ConversationStore store, ConversationReader reader, SessionReader sessions, ChangeFeed feed,
            Assistant assistant, InstantSource clock) {
        var retrying = new RetryingConversationStore(store, Duration.ofSeconds(30), RetryListener.NONE);
        var ids = new IdResolver(new JugIds());
        var settings = new TurnSettings(Duration.ofSeconds(30), Duration.ofMinutes(1), new TokenBudget(32_000), 1_000,
                Set.of(HeldAssistant.TOOL));
        var runner = new TurnRunner(retrying, reader, sessions, feed, assistant,
                new ModelTokenCounter(Optional.empty()), List.of(new NoTool()), clock,
                settings);
        return new App(new SessionService(retrying, sessions, ids, runner, clock),
                new TurnService(retrying, reader, sessions, runner, ids, clock),
                new ConversationService(retrying, reader, ids, runner, clock),
                new MessageService(retrying, reader, ids, runner, clock), runner);
    }

    /** Has nothing to tell. */
    private record NoTool() implements Tool {
        @Override
        public Assistant.ToolDescription description() {
            return new Assistant.ToolDescription(HeldAssistant.TOOL, "Needs a person's yes.", "{\"type\":\"object\"}");
        }

        @Override
        public String call(OwnerId owner, String arguments) {
            return "nothing";
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
