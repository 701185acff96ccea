package dev.confab.application.turn;

import dev.confab.domain.port.Assistant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers as it was told to, call by call; without a word of its own when it was told nothing. */
final class ScriptedAssistant implements Assistant {
    final List<Question> questions = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();

    interface Script {
        Answer answer(Question question, Saying saying) throws InterruptedException;
    }

    @Override
    public Answer answer(Question question, Saying saying) throws InterruptedException {
        questions.add(question);
        Script script = scripts.poll();
        return script == null ? complete() : script.answer(question, saying);
    }

    void then(Script script) {
        scripts.add(script);
    }

    void says(String... pieces) {
        then((question, saying) -> {
            List.of(pieces).forEach(saying::say);
            return complete();
        });
    }

    void needs(String text, ToolRequest... requests) {
        then((question, saying) -> {
            saying.say(text);
            return new Answer.NeedsTools(List.of(requests), Optional.empty());
        });
    }

    /** Says this, and waits until it may go on. */
    Held holds(String... pieces) {
        var held = new Held();
        then((question, saying) -> {
            List.of(pieces).forEach(saying::say);
            held.said.countDown();
            try {
                held.mayGoOn.await();
            } catch (InterruptedException interrupted) {
                held.interrupted.countDown();
                throw interrupted;
            }
            held.rest.forEach(saying::say);
            return complete();
        });
        return held;
    }

    static Answer complete() {
        return new Answer.Complete(Optional.empty());
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
