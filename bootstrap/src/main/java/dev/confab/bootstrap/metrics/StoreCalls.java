package dev.confab.bootstrap.metrics;

import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.StorageException;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.WebhookStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;

/**
 * Times calls to the store as {@code confab.store.calls}, by call and outcome, and gives them spans with the same names. Each attempt of a
 * retried call counts.
 *
 * <p>Not by an {@code Observation}, from which a meter and a span would follow: its meters would have another label, a second meter for
 * running calls, and a price even when traces are off.
 */
public final class StoreCalls implements MethodInterceptor {
    private final MeterRegistry registry;
    private final Tracer tracer;
    private final ConcurrentHashMap<Series, Timer> timers = new ConcurrentHashMap<>();

    /** @param tracer {@link Tracer#NOOP} when traces are off */
    public StoreCalls(MeterRegistry registry, Tracer tracer) {
        this.registry = registry;
        this.tracer = tracer;
    }

    /** The store of writes, with its commits in the spans of its calls. */
    public ConversationStore timedWithCommits(ConversationStore store, String name) {
        return timed(ConversationStore.class, new CommitSpans(store, name, tracer));
    }

    private record Series(Method method, String outcome) {
    }

    /** The port, with each of its calls timed. */
    public <P> P timed(Class<P> type, P port) {
        var factory = new ProxyFactory(type, this);
        factory.setTarget(port);
        return type.cast(factory.getProxy(type.getClassLoader()));
    }

    /** Makes the call; returns its result or throws its exception. */
    @Override
    public @Nullable Object invoke(MethodInvocation call) throws Throwable {
        var started = Timer.start(registry);
        var span = tracer.nextSpan().start();
        var outcome = "success";
        try (var _ = tracer.withSpan(span)) {
            return call.proceed();
        } catch (Throwable e) {
            outcome = outcome(e);
            if (isFailure(e)) {
                span.error(e);
            }
            throw e;
        } finally {
            started.stop(timers.computeIfAbsent(new Series(call.getMethod(), outcome), this::timer));
            end(span, call.getMethod(), outcome);
        }
    }

    /** Not a rejection, such as of a conversation that does not exist: the call did what it must. */
    private static boolean isFailure(Throwable thrown) {
        return thrown instanceof StorageException || !(thrown instanceof ConfabException);
    }

    private static void end(Span span, Method method, String outcome) {
        if (!span.isNoop()) {
            String name = name(method);
            span.name("store " + name).tag("call", name).tag("outcome", outcome);
        }
        span.end();
    }

    private Timer timer(Series series) {
        return Timer.builder("confab.store.calls")
                .description("Calls to the store; each attempt of a retried call counts")
                .tag("call", name(series.method)).tag("outcome", series.outcome).publishPercentileHistogram()
                .register(registry);
    }

    /** {@code changes-since} for {@code changesSince}; some methods have a clearer name here than in their port. */
    static String name(Method method) {
        if (method.getDeclaringClass() == ApiKeyStore.class) {
            return "api-key-" + kebab(method.getName());
        }
        if (method.getDeclaringClass() == WebhookStore.class) {
            return "webhook-" + kebab(method.getName());
        }
        if (method.getDeclaringClass() == ImportJobStore.class) {
            return "import-job-" + kebab(method.getName());
        }
        if (method.getDeclaringClass() == StoredConversations.class) {
            return "stored-" + kebab(method.getName());
        }
        boolean oneMessage = List.of(method.getParameterTypes()).contains(MessageId.class);
        return switch (method.getName()) {
            case "read" -> oneMessage ? "read-one" : "read";
            case "current" -> "current-session";
            default -> kebab(method.getName());
        };
    }

    /** {@code version-conflict} for a {@code VersionConflict}; {@code error} for an exception that is not Confab's. */
    static String outcome(Throwable thrown) {
        return thrown instanceof ConfabException ? kebab(thrown.getClass().getSimpleName()) : "error";
    }

    static String kebab(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
