package dev.confab.adapter.assistant.offline;

import dev.confab.domain.conversation.Message;
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
 * Answers without a network, the same every time. A prompt that begins with a command ({@code /echo}, {@code /slow}, {@code /fail},
 * {@code /search}, {@code /time}) is obeyed; any other is answered from the conversation. It counts words as tokens. Instructions,
 * model and context of the session change nothing.
 */
public final class OfflineAssistant implements Assistant {
    static final String SEARCH_TOOL = "search_conversations";
    static final String TIME_TOOL = "current_time";
    private static final JsonMapper JSON = new JsonMapper();

    private final Pause pause;

    /** @param pause how to wait in a slow answer */
    public OfflineAssistant(Pause pause) {
        this.pause = pause;
    }

    @Override
    public AssistantReply answer(Question question, TextSink sink) throws InterruptedException {
        var speech = new Speech(sink, pause);
        String prompt = question.messages().getLast().text();
        Optional<ToolRequest> request = switch (Command.parse(prompt)) {
            case Command.Say say -> said(speech, say);
            case Command.Fail fail ->
                throw new AssistantFailed(new TurnFailure("asked-to-fail", Recollection.cut(fail.reason(),
                        TurnFailure.MAX_DETAIL_LENGTH)));
            case Command.Search search -> tool(question, speech, SEARCH_TOOL, Map.of("query", search.words()));
            case Command.Time time ->
                tool(question, speech, TIME_TOOL, time.zone().map(zone -> Map.of("zone", zone)).orElse(Map.of()));
            case Command.Misunderstood misunderstood -> said(speech, misunderstood.explanation());
            case Command.Ask ask -> said(speech, new Recollection(question.messages()).answer(ask.question()));
        };
        Optional<TokenUsage> usage = Optional.of(new TokenUsage(words(question.messages()), speech.words()));
        return request.<AssistantReply>map(asked -> new AssistantReply.NeedsTools(List.of(asked), usage))
                .orElse(new AssistantReply.Complete(usage));
    }

    private static Optional<ToolRequest> said(Speech speech, Command.Say say) throws InterruptedException {
        speech.say(say.text(), say.beforeEach());
        return Optional.empty();
    }

    private static Optional<ToolRequest> said(Speech speech, String text) throws InterruptedException {
        speech.say(text);
        return Optional.empty();
    }

    /** Asks for the tool, or once it was called says what came of it. */
    private static Optional<ToolRequest> tool(Question question, Speech speech, String tool,
            Map<String, String> arguments) throws InterruptedException {
        List<ToolCall> calls = question.rounds().stream().map(ToolRound::calls).flatMap(List::stream).toList();
        if (!calls.isEmpty()) {
            return said(speech, calls.stream().map(ToolReport::of).collect(Collectors.joining("\n")));
        }
        if (question.tools().stream().noneMatch(offered -> offered.name().equals(tool))) {
            return said(speech, "I would need the tool " + tool + " for that, and it is not offered here.");
        }
        return Optional.of(new ToolRequest(tool, JSON.writeValueAsString(arguments)));
    }

    private static long words(List<Message> messages) {
        return messages.stream().mapToLong(message -> Speech.wordsOf(message.text())).sum();
    }
}
