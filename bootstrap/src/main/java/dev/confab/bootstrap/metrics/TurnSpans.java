package dev.confab.bootstrap.metrics;

import dev.confab.application.turn.run.RunObserver;
import dev.confab.domain.ConfabException;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.port.AssistantReply.Complete;
import dev.confab.domain.port.AssistantReply.Incomplete;
import dev.confab.domain.port.AssistantReply.NeedsTools;
import dev.confab.domain.port.Tool;
import dev.confab.domain.session.Turn;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The spans of turns. A run of a turn is a child of the request that started or resumed the turn, or of the run that
 * ended the turn before it, and usually ends later than it. In the run
 * are the calls of the assistant and its tools, and those of the store, because all of them are made on the run's thread.
 */
public final class TurnSpans implements RunObserver {
    private final Tracer tracer;

    /** @param tracer {@link Tracer#NOOP} when traces are off */
    public TurnSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public Supplier<Optional<Turn>> observed(Turn turn, Supplier<Optional<Turn>> run) {
        Span request = tracer.currentSpan();
        if (request == null) {
            return run;
        }
        var parent = request.context();
        return () -> {
            Span span = tracer.spanBuilder().setParent(parent).name("turn").tag("turn", turn.id().toString())
                    .tag("step", turn.step()).start();
            return within(span, run::get, left -> left.map(ended -> ended.state().label()).orElse("stopped"));
        };
    }

    /** The assistant, with a span for each call. */
    public Assistant observed(Assistant assistant) {
        return (question, sink) -> within(tracer.nextSpan().name("assistant").start(),
                () -> assistant.answer(question, sink), TurnSpans::label);
    }

    /** The tool, with a span for each call. */
    public Tool observed(Tool tool) {
        return new ObservedTool(tool, this);
    }

    private static String label(AssistantReply reply) {
        return switch (reply) {
            case Complete _ -> "complete";
            case Incomplete _ -> "incomplete";
            case NeedsTools _ -> "needs-tools";
        };
    }

    private interface Call<T, X extends Exception> {
        T call() throws X;
    }

    private <T, X extends Exception> T within(Span span, Call<T, X> call, Function<T, String> label) throws X {
        String outcome = "error";
        try (var _ = tracer.withSpan(span)) {
            T result = call.call();
            outcome = label.apply(result);
            return result;
        } catch (ConfabException failed) {
            outcome = StoreCalls.outcome(failed);
            span.error(failed);
            throw failed;
        } finally {
            span.tag("outcome", outcome).end();
        }
    }

    private record ObservedTool(Tool tool, TurnSpans spans) implements Tool {
        @Override
        public ToolDescription description() {
            return tool.description();
        }

        @Override
        public String call(OwnerId owner, String arguments) throws InterruptedException {
            var span = spans.tracer.nextSpan().name("tool " + tool.description().name()).start();
            return spans.<String, InterruptedException>within(span, () -> tool.call(owner, arguments), _ -> "success");
        }
    }
}
