package dev.confab.adapter.assistant.offline;

import dev.confab.adapter.assistant.tool.CurrentTime;
import dev.confab.adapter.assistant.tool.SearchConversations;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ToolCall;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Puts the outcome of a tool call into words. */
final class ToolReport {
    private ToolReport() {
    }

    static String of(ToolCall call) {
        if (!call.isApproved()) {
            String reason = call.approval().flatMap(Approval::reason).map(text -> ": " + text).orElse(".");
            return "I was not allowed to call " + call.tool() + reason;
        }
        return call.result().map(result -> describe(call.tool(), result))
                .orElse("I have no result of " + call.tool() + ".");
    }

    private static String describe(String tool, String result) {
        JsonNode json = parse(result);
        if (json.path("error").isString()) {
            return tool + " says: " + json.path("error").asString();
        }
        if (tool.equals(CurrentTime.NAME) && json.path("time").isString()) {
            return "It is " + json.path("time").asString() + ".";
        }
        if (tool.equals(SearchConversations.NAME) && json.isArray()) {
            return describeHits(json);
        }
        return tool + " says: " + result;
    }

    /** The result as JSON; a missing node if it is plain text. */
    private static JsonNode parse(String result) {
        try {
            return JsonMapper.shared().readTree(result);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static String describeHits(JsonNode hits) {
        if (hits.isEmpty()) {
            return "I found nothing.";
        }
        var text = new StringBuilder("I found " + hits.size() + (hits.size() == 1 ? " message" : " messages") + ":");
        for (JsonNode hit : hits) {
            String title = hit.path("title").asString("");
            text.append("\n- ").append(hit.path("createdAt").asString("")).append(", ")
                    .append(title.isEmpty() ? "without a title" : "“" + title + "”").append(": ")
                    .append(hit.path("snippet").asString(""));
        }
        return text.toString();
    }
}
