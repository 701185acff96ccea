package dev.confab.bootstrap.turns;

import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.AssistantReply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Says "said", and then waits until it is let go. A prompt that begins with "tool" makes it ask for a tool first. */
final class HeldAssistant implements Assistant {
    static final String TOOL = "ask_first";

    private final Semaphore speaking = new Semaphore(0);
    private final Semaphore go = new Semaphore(0);
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public AssistantReply answer(Question question, TextSink sink) throws InterruptedException {
        if (question.messages().getLast().text().startsWith("tool")) {
            return question.rounds().isEmpty()
                    ? new AssistantReply.NeedsTools(List.of(new ToolRequest(TOOL, "{}")), Optional.empty())
                    : new AssistantReply.Complete(Optional.empty());
        }
        asked.incrementAndGet();
        sink.accept("said");
        speaking.release();
        go.acquire();
        return new AssistantReply.Complete(Optional.empty());
    }

    /** How many answers have begun since the last call of {@link #reset}. */
    int asked() {
        return asked.get();
    }

    /** Until one more answer has begun. */
    void awaitSpeaking() {
        speaking.acquireUninterruptibly();
    }

    /** One answer may end. */
    void letGo() {
        go.release();
    }

    /** Drops unused permits. */
    void reset() {
        speaking.drainPermits();
        go.drainPermits();
        asked.set(0);
    }
}
