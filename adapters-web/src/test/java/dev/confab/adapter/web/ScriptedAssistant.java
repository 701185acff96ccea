package dev.confab.adapter.web;

import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.TurnFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** An assistant that says to a prompt what a test tells it to, when it tells it to; a prompt without a script it repeats. */
final class ScriptedAssistant implements Assistant {
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();

    private sealed interface Step {
        record Say(String piece) implements Step {
        }

        record End(AssistantReply answer) implements Step {
        }

        record Fail(TurnFailure failure) implements Step {
        }
    }

    /** What is to happen, in order; what is not there yet is waited for. */
    static final class Script {
        private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();

        Script say(String piece) {
            steps.add(new Step.Say(piece));
            return this;
        }

        Script complete() {
            steps.add(new Step.End(new AssistantReply.Complete(Optional.of(new TokenUsage(7, 3)))));
            return this;
        }

        Script ask(ToolRequest... requests) {
            steps.add(
                    new Step.End(new AssistantReply.NeedsTools(List.of(requests), Optional.of(new TokenUsage(5, 2)))));
            return this;
        }

        Script fail(String code, String detail) {
            steps.add(new Step.Fail(new TurnFailure(code, detail)));
            return this;
        }
    }

    /** The script of the prompt with this text, which no other test uses. */
    Script script(String prompt) {
        return scripts.computeIfAbsent(prompt, _ -> new Script());
    }

    @Override
    public AssistantReply answer(Question question, TextSink sink) throws InterruptedException {
        String prompt = question.messages().reversed().stream().filter(message -> message.role() == Role.USER)
                .findFirst().orElseThrow().text();
        Script script = scripts.get(prompt);
        if (script == null) {
            sink.accept(prompt);
            return new AssistantReply.Complete(Optional.empty());
        }
        while (true) {
            switch (script.steps.take()) {
                case Step.Say(String piece) -> sink.accept(piece);
                case Step.End(AssistantReply answer) -> {
                    return answer;
                }
                case Step.Fail(TurnFailure failure) -> throw new AssistantFailed(failure);
            }
        }
    }
}
