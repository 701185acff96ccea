package dev.confab.adapter.assistant.openai;

import dev.confab.adapter.assistant.openai.RecordedCalls.Call;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Role;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes messages of a conversation as those of a chat-completions request. A recorded tool call whose result follows is written as a call
 * and its result. A call without a result is left out, and the user reports a result without a call, because an endpoint rejects both.
 */
final class ChatHistory {
    private final ArrayNode messages;
    private final Set<String> callIds = new HashSet<>();

    ChatHistory(ArrayNode messages) {
        this.messages = messages;
    }

    void add(List<Message> history) {
        for (int next = 0; next < history.size();) {
            Message message = history.get(next++);
            List<Call> calls = message.role() == Role.ASSISTANT ? RecordedCalls.calls(message) : List.of();
            Map<String, String> results = results(calls, history.subList(next, history.size()));
            if (results.isEmpty()) {
                add(message);
            } else {
                addCalls(Attribution.of(message.author(), message.text()),
                        calls.stream().filter(call -> results.containsKey(call.id())).toList(),
                        results);
                next += results.size();
            }
        }
    }

    /** The results by the ids of the calls: those of the messages directly after the calls that answer one of them. */
    private static Map<String, String> results(List<Call> calls, List<Message> following) {
        var results = new LinkedHashMap<String, String>();
        for (Message message : following) {
            Optional<String> answered = message.role() == Role.TOOL
                    ? RecordedCalls.answered(message)
                            .filter(id -> calls.stream().anyMatch(call -> call.id().equals(id)))
                    : Optional.empty();
            if (answered.isEmpty() || results.putIfAbsent(answered.get(), message.text()) != null) {
                break;
            }
        }
        return results;
    }

    private void add(Message message) {
        switch (message.role()) {
            case USER -> add("user", message.author(), message.text());
            case ASSISTANT -> addUnlessBlank("assistant", message.author(), message.text());
            case SYSTEM -> addUnlessBlank("system", message.author(), message.text());
            case TOOL -> add("user", message.author(), "Result of a tool:\n" + message.text());
        }
    }

    void addUnlessBlank(String role, Optional<Author> author, String text) {
        if (!text.isBlank()) {
            add(role, author, text);
        }
    }

    private void add(String role, Optional<Author> author, String text) {
        var attribution = Attribution.of(author, text);
        ObjectNode added = messages.addObject().put("role", role).put("content", attribution.content());
        attribution.name().ifPresent(name -> added.put("name", name));
    }

    /** Adds the assistant's calls and their results. */
    void addCalls(Attribution said, List<Call> calls, Map<String, String> results) {
        ObjectNode assistant = messages.addObject().put("role", "assistant");
        if (!said.content().isEmpty()) {
            assistant.put("content", said.content());
        }
        said.name().ifPresent(name -> assistant.put("name", name));
        ArrayNode written = assistant.putArray("tool_calls");
        for (Call call : calls) {
            String id = unused(call.id());
            written.addObject().put("id", id).put("type", "function").putObject("function")
                    .put("name", call.name()).put("arguments", call.arguments());
            messages.addObject().put("role", "tool")
                    .put("content", results.getOrDefault(call.id(), "There is no result.")).put("tool_call_id", id);
        }
    }

    /** The ids of calls are unique in their turn only, and here in the request. */
    private String unused(String id) {
        String unused = id;
        for (int n = 2; !callIds.add(unused); n++) {
            unused = id + "-" + n;
        }
        return unused;
    }
}
