package dev.confab.bootstrap;

import dev.confab.adapter.assistant.offline.OfflineAssistant;
import dev.confab.adapter.assistant.openai.OpenAiAssistant;
import dev.confab.adapter.assistant.openai.OpenAiSettings;
import dev.confab.adapter.assistant.tool.CurrentTime;
import dev.confab.adapter.assistant.tool.SearchConversations;
import dev.confab.application.turn.run.TurnRunner;
import dev.confab.application.turn.run.TurnSettings;
import dev.confab.bootstrap.UseCaseWiring.Ports;
import dev.confab.bootstrap.operation.AssistantNotConfigured;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.Tool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs turns: the assistant, its tools, the runner. */
@Configuration(proxyBeanMethods = false)
class TurnWiring {
    private static final String PROVIDER = "confab.assistant.provider";

    @Bean
    @ConditionalOnProperty(name = PROVIDER, havingValue = "offline", matchIfMissing = true)
    OfflineAssistant offlineAssistant() {
        return new OfflineAssistant();
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = PROVIDER, havingValue = "openai")
    OpenAiAssistant openAiAssistant(ConfabSettings settings) {
        var openai = settings.assistant().openai();
        var url = openai.baseUrl().orElseThrow(missing("base-url"));
        var model = openai.model().orElseThrow(missing("model"));
        try {
            return new OpenAiAssistant(new OpenAiSettings(url, openai.apiKey(), model, openai.connectTimeout(),
                    openai.responseTimeout(), openai.idleTimeout()));
        } catch (IllegalArgumentException e) {
            throw new AssistantNotConfigured(String.valueOf(e.getMessage()));
        }
    }

    private static Supplier<AssistantNotConfigured> missing(String setting) {
        return () -> new AssistantNotConfigured("confab.assistant.openai." + setting + " is not set.");
    }

    /** Closed before the store: it fails the turns that run here, so that nobody waits for their leases. */
    @Bean(destroyMethod = "close")
    TurnRunner turnRunner(Ports ports, ChangeFeed feed, Assistant assistant, ConfabSettings settings) {
        List<Tool> tools = List.of(new SearchConversations(ports.reader(), ports.clock()),
                new CurrentTime(ports.clock()));
        var turn = settings.turn();
        return new TurnRunner(ports.store(), ports.reader(), ports.sessions(), feed, assistant, tools, ports.ids(),
                ports.clock(),
                new TurnSettings(turn.lease(), turn.timeout(), turn.history(), settings.tools().approval()));
    }

    @Bean
    MeterBinder runningTurns(TurnRunner runner) {
        return registry -> {
            Gauge.builder("confab.turns.running", runner, TurnRunner::running).description("Turns that run here")
                    .register(registry);
            Gauge.builder("confab.turn.events.kept", runner, TurnRunner::keptBytes).baseUnit("bytes")
                    .description("About how much memory the events of ended turns take").register(registry);
        };
    }
}
