package dev.confab.application.turn.run;

import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.AssistantReply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers with the scripts of the test, one for each call, and with an empty answer when there is none. */
final class ScriptedAssistant implements Assistant {
    final List<Question> questions = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();

    interface Script {
        AssistantReply answer(Question question, TextSink sink) throws InterruptedException;
    }

    @Override
    public AssistantReply answer(Question question, TextSink sink) throws InterruptedException {
        questions.add(question);
        Script script = scripts.poll();
        return script == null ? complete() : script.answer(question, sink);
    }

    void then(Script script) {
        scripts.add(script);
    }

    void says(String... pieces) {
        then((question, sink) -> {
            List.of(pieces).forEach(sink::accept);
            return complete();
        });
    }

    void needs(String text, ToolRequest... requests) {
        then((question, sink) -> {
            sink.accept(text);
            return new AssistantReply.NeedsTools(List.of(requests), Optional.empty());
        });
    }

    /** Says this, and waits until it may go on. */
    Held holds(String... pieces) {
        var held = new Held();
        then((question, sink) -> {
            List.of(pieces).forEach(sink::accept);
            held.said.countDown();
            try {
                held.mayGoOn.await();
            } catch (InterruptedException interrupted) {
                held.interrupted.countDown();
                throw interrupted;
            }
            held.rest.forEach(sink::accept);
            return complete();
        });
        return held;
    }

    static AssistantReply complete() {
        return new AssistantReply.Complete(Optional.empty());
    }

    /** An assistant in the middle of its answer. */
    static final class Held {
        final CountDownLatch said = new CountDownLatch(1);
        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);
        volatile List<String> rest = List.of();

        void goOn(String... pieces) {
            rest = List.of(pieces);
            mayGoOn.countDown();
        }
    }
}
