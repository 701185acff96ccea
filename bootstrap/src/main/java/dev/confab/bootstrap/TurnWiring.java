package dev.confab.bootstrap;

import dev.confab.adapter.assistant.offline.OfflineAssistant;
import dev.confab.adapter.assistant.openai.OpenAiAssistant;
import dev.confab.adapter.assistant.openai.OpenAiSettings;
import dev.confab.adapter.assistant.openai.token.ModelTokenCounter;
import dev.confab.adapter.assistant.tool.CurrentTime;
import dev.confab.adapter.assistant.tool.SearchConversations;
import dev.confab.application.turn.run.TurnRunner;
import dev.confab.application.turn.run.TurnSettings;
import dev.confab.bootstrap.UseCaseWiring.Ports;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.metrics.TurnSpans;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.TokenCounter;
import dev.confab.domain.port.Tool;
import dev.confab.domain.session.Session.TokenBudget;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.tracing.Tracer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Everything that runs turns: the assistant, its tools, the runner. */
@Configuration(proxyBeanMethods = false)
class TurnWiring {
    private static final String PROVIDER = "confab.assistant.provider";
    private static final String ACTION = "confab.assistant.provider is openai: set confab.assistant.openai.base-url, such as "
            + "http://localhost:11434/v1, and confab.assistant.openai.model. If the endpoint needs a key, set it in the environment as "
            + "CONFAB_ASSISTANT_OPENAI_API_KEY. Or start with the assistant that needs no network: --confab.assistant.provider=offline.";

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
            throw new CannotStart(e, ACTION);
        }
    }

    /** The offline assistant counts no tokens, so without an endpoint there is no default model. */
    @Bean
    ModelTokenCounter tokenCounter(ConfabSettings settings) {
        var assistant = settings.assistant();
        return new ModelTokenCounter(switch (assistant.provider()) {
            case OPENAI -> assistant.openai().model();
            case OFFLINE -> Optional.empty();
        });
    }

    private static Supplier<CannotStart> missing(String setting) {
        return () -> new CannotStart("confab.assistant.openai." + setting + " is not set.", ACTION);
    }

    /** Closed before the store. Closing it fails the turns that run in this instance, so no client waits until their leases expire. */
    @Bean(destroyMethod = "close")
    TurnRunner turnRunner(Ports ports, ChangeFeed feed, Assistant assistant, TokenCounter counter,
            ConfabSettings settings, ObjectProvider<Tracer> tracer) {
        var spans = new TurnSpans(tracer.getIfAvailable(() -> Tracer.NOOP));
        List<Tool> tools = List.of(spans.observed(new SearchConversations(ports.reader(), ports.clock())),
                spans.observed(new CurrentTime(ports.clock())));
        var turn = settings.turn();
        return new TurnRunner(ports.store(), ports.reader(), ports.sessions(), feed, spans.observed(assistant), counter,
                tools,
                ports.clock(),
                new TurnSettings(turn.lease(), turn.timeout(), new TokenBudget(turn.contextTokens()), turn.maxRunning(),
                        settings.tools().approval()),
                spans);
    }

    @Bean
    MeterBinder runningTurns(TurnRunner runner) {
        return registry -> {
            Gauge.builder("confab.turns.running", runner, TurnRunner::running)
                    .description("Turns that run in this instance")
                    .register(registry);
            Gauge.builder("confab.turn.events.kept", runner, TurnRunner::retainedBytes).baseUnit("bytes")
                    .description("Approximate memory that the events of ended turns use").register(registry);
        };
    }
}
