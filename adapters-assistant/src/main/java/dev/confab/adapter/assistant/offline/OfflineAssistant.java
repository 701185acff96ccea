package dev.confab.adapter.assistant.offline;

import dev.confab.adapter.assistant.offline.WordWriter.WordPause;
import dev.confab.adapter.assistant.tool.CurrentTime;
import dev.confab.adapter.assistant.tool.SearchConversations;
import dev.confab.domain.port.Assistant;
import dev.confab.domain.port.AssistantFailed;
import dev.confab.domain.port.AssistantReply;
import dev.confab.domain.session.TokenUsage;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.TurnFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers without a network. The same conversation always gets the same answer. It executes a prompt that begins with a command
 * ({@code /echo}, {@code /slow}, {@code /fail}, {@code /search}, {@code /time}) and answers every other prompt from the conversation. It
 * counts words as tokens. It ignores the instructions, the model and the context variables of the session.
 */
public final class OfflineAssistant implements Assistant {
    private final WordPause wordPause;

    public OfflineAssistant() {
        this(Thread::sleep);
    }

    OfflineAssistant(WordPause wordPause) {
        this.wordPause = wordPause;
    }

    @Override
    public AssistantReply answer(Question question, TextSink sink) throws InterruptedException {
        var writer = new WordWriter(sink, wordPause);
        List<ToolRequest> requests = execute(Command.parse(question.messages().getLast().text()), question, writer);
        long promptWords = question.messages().stream().mapToLong(message -> WordWriter.countWords(message.text()))
                .sum();
        Optional<TokenUsage> usage = Optional.of(new TokenUsage(promptWords, writer.wordsWritten()));
        return requests.isEmpty() ? new AssistantReply.Complete(usage) : new AssistantReply.NeedsTools(requests, usage);
    }

    /** Writes the answer, or returns the tool call that it needs first. */
    private static List<ToolRequest> execute(Command command, Question question, WordWriter writer)
            throws InterruptedException {
        switch (command) {
            case Command.Echo echo -> writer.write(echo.text(), echo.pauseBeforeWord());
            case Command.Explain explain -> writer.write(explain.explanation());
            case Command.Ask ask -> writer.write(new ConversationRecall(question.messages()).answer(ask.question()));
            case Command.Fail fail -> throw new AssistantFailed(new TurnFailure("asked-to-fail",
                    ConversationRecall.shorten(fail.reason(), TurnFailure.MAX_DETAIL_LENGTH)));
            case Command.Search search -> {
                return callTool(SearchConversations.NAME, Map.of("query", search.words()), question, writer);
            }
            case Command.Time time -> {
                Map<String, String> arguments = time.zone().map(zone -> Map.of("zone", zone)).orElse(Map.of());
                return callTool(CurrentTime.NAME, arguments, question, writer);
            }
        }
        return List.of();
    }

    /** Requests the tool, or writes the outcome once it has been called. */
    private static List<ToolRequest> callTool(String tool, Map<String, String> arguments, Question question,
            WordWriter writer) throws InterruptedException {
        List<ToolCall> calls = question.rounds().stream().map(ToolRound::calls).flatMap(List::stream).toList();
        if (!calls.isEmpty()) {
            writer.write(calls.stream().map(ToolReport::of).collect(Collectors.joining("\n")));
            return List.of();
        }
        if (question.tools().stream().noneMatch(offered -> offered.name().equals(tool))) {
            writer.write("I would need the tool " + tool + " for that, but it is not offered here.");
            return List.of();
        }
        return List.of(new ToolRequest(tool, JsonMapper.shared().writeValueAsString(arguments)));
    }
}
