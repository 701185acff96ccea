package dev.confab.adapter.assistant.openai.token;

import dev.confab.adapter.assistant.openai.Attribution;
import dev.confab.adapter.assistant.openai.ChatRequest;
import dev.confab.adapter.assistant.openai.RecordedCalls;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.TokenCounter.Encoding;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.util.List;

/**
 * Counts chat messages and tools.
 *
 * <p>What surrounds the texts is counted as OpenAI's cookbook does ("How to count tokens with tiktoken"): 3 tokens for a message and 1 for
 * its role, 1 for a name besides the name itself, 3 for the beginning of the answer, 7 for a tool and 12 for the list of tools. It does
 * not say what a call takes, nor what the result of one does: {@value #CALL} and {@value #RESULT} here, for the ids and names of members.
 * The schema of a tool is counted as its text, which is somewhat more than the model is told.
 */
record ChatEncoding(String name, TextCounter texts) implements Encoding {
    private static final int MESSAGE = 4;
    private static final int NAME = 1;
    private static final int ANSWER = 3;
    private static final int TOOL = 7;
    private static final int TOOLS = 12;
    private static final int CALL = 8;
    private static final int RESULT = 6;

    @Override
    public int count(Message message, int limit) {
        var calls = message.role() == Role.ASSISTANT
                ? RecordedCalls.calls(message)
                : List.<RecordedCalls.Call>of();
        boolean isSent = !message.text().isBlank() || !calls.isEmpty() || message.role() == Role.USER
                || message.role() == Role.TOOL;
        var sum = new Sum(limit);
        if (isSent) {
            sum.add(MESSAGE + (message.role() == Role.TOOL ? RESULT : 0));
            var attribution = Attribution.of(message.author(), message.text());
            attribution.name().ifPresent(name -> sum.add(name).add(NAME));
            sum.add(attribution.content());
            calls.forEach(call -> sum.add(CALL).add(call.name()).add(call.arguments()));
        }
        return sum.tokens;
    }

    @Override
    public int countWithoutMessages(Question question, int limit) {
        var sum = new Sum(limit).add(ANSWER);
        String instructions = ChatRequest.instructions(question);
        if (!instructions.isBlank()) {
            sum.add(MESSAGE).add(instructions);
        }
        question.rounds().forEach(round -> add(sum, round));
        for (ToolDescription tool : question.tools()) {
            sum.add(TOOL).add(tool.name() + ":" + tool.description()).add(tool.parameters());
        }
        return sum.add(question.tools().isEmpty() ? 0 : TOOLS).tokens;
    }

    private static void add(Sum sum, ToolRound round) {
        sum.add(MESSAGE).add(round.text());
        for (ToolCall call : round.calls()) {
            sum.add(CALL).add(call.tool()).add(call.arguments()).add(MESSAGE + RESULT).add(ChatRequest.result(call));
        }
    }

    /** Adds up to a limit, and a little beyond. */
    private final class Sum {
        private final int limit;
        private int tokens;

        private Sum(int limit) {
            this.limit = limit;
        }

        Sum add(int more) {
            tokens += more;
            return this;
        }

        Sum add(String text) {
            if (tokens <= limit) {
                tokens += texts.count(text, limit - tokens);
            }
            return this;
        }
    }
}
