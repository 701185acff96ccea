package dev.confab.domain.session;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a turn has produced so far, and the messages that it becomes in the commit that ends the turn: for each round of tools the
 * assistant's message with the calls and a message with the result of each call, and last the reply.
 *
 * <p>A round becomes messages only when all of its calls have results. The text of another round is part of the reply.
 *
 * @param text since the last round
 */
public record TurnOutput(List<ToolRound> rounds, String text) {
    /** The largest data of a message with calls: with it, the largest turn fits one transaction together with the next prompt. */
    static final int MAX_CALLS_BYTES = 320 * 1024;
    /** What each call may take of these in any case, without its id and name. */
    private static final int MAX_ARGUMENTS_BYTES = MAX_CALLS_BYTES / ToolRound.MAX_CALLS - 1024;

    public TurnOutput {
        rounds = List.copyOf(rounds);
    }

    /** Throws {@link InvalidValue} if the texts do not fit one message: all of them may become one, at the end or at a cancel. */
    void requireOneMessage() {
        long said = rounds.stream().mapToLong(round -> TextRules.utf8Length(round.text())).sum()
                + TextRules.utf8Length(text);
        if (said > Message.MAX_TEXT_BYTES) {
            throw new InvalidValue("text", "of all rounds has more than " + Message.MAX_TEXT_BYTES + " bytes of UTF-8");
        }
    }

    /**
     * A message of a round.
     *
     * @param name unique in the turn; the message's id follows from it ({@link TurnId#messageId})
     * @param data JSON text
     */
    public record RoundMessage(String name, Role role, String text, String data) {
    }

    /** The messages of the rounds, in order. */
    public List<RoundMessage> roundMessages() {
        var messages = new ArrayList<RoundMessage>();
        for (int i = 0; i < rounds.size(); i++) {
            ToolRound round = rounds.get(i);
            if (round.hasAllResults()) {
                messages.add(new RoundMessage(roundName(i), Role.ASSISTANT, round.text(), callsJson(round.calls())));
                round.calls().forEach(call -> messages.add(new RoundMessage(resultName(call), Role.TOOL,
                        call.result().orElseThrow(), resultJson(call))));
            }
        }
        return messages;
    }

    /** The text of the reply. */
    public String replyText() {
        return rounds.stream().filter(round -> !round.hasAllResults()).map(ToolRound::text)
                .collect(Collectors.joining("", "", text));
    }

    static String roundName(int index) {
        return "round-" + (index + 1);
    }

    static String resultName(ToolCall call) {
        return "result-" + call.id();
    }

    /** Arguments that are too long for the data of a message are left out, with a note in their place. */
    private static String callsJson(List<ToolCall> calls) {
        String whole = callsJson(calls, Integer.MAX_VALUE);
        return TextRules.utf8Length(whole) <= MAX_CALLS_BYTES ? whole : callsJson(calls, MAX_ARGUMENTS_BYTES);
    }

    private static String callsJson(List<ToolCall> calls, int maxArgumentsBytes) {
        return calls.stream().map(call -> {
            String arguments = quoted(call.arguments());
            String kept = TextRules.utf8Length(arguments) <= maxArgumentsBytes
                    ? arguments
                    : quoted("{\"omitted\":\"" + TextRules.utf8Length(call.arguments()) + " bytes of arguments\"}");
            return "{\"id\":" + quoted(call.id()) + ",\"name\":" + quoted(call.tool()) + ",\"arguments\":" + kept + "}";
        }).collect(Collectors.joining(",", "{\"toolCalls\":[", "]}"));
    }

    private static String resultJson(ToolCall call) {
        return "{\"toolResult\":{\"callId\":" + quoted(call.id()) + ",\"name\":" + quoted(call.tool()) + "}}";
    }

    /** The JSON string of a text. The domain has no JSON library, and needs no more than this. */
    private static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append("\\u").append("%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        return json.append('"').toString();
    }
}
