package dev.confab.adapter.assistant.offline;

import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ToolCall;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells in words what became of a tool call. */
final class ToolReport {
    private static final JsonMapper JSON = new JsonMapper();

    private ToolReport() {
    }

    static String of(ToolCall call) {
        if (!call.isApproved()) {
            String reason = call.approval().flatMap(Approval::reason).map(text -> ": " + text).orElse(".");
            return "I was not allowed to call " + call.tool() + reason;
        }
        return call.result().map(result -> told(call.tool(), result))
                .orElse("I have no result of " + call.tool() + ".");
    }

    private static String told(String tool, String result) {
        try {
            return told(tool, JSON.readTree(result), result);
        } catch (JacksonException e) {
            // A tool may answer in plain text.
            return tool + " says: " + result;
        }
    }

    private static String told(String tool, JsonNode json, String result) {
        if (json.path("error").isString()) {
            return tool + " says: " + json.path("error").asString();
        }
        if (tool.equals(OfflineAssistant.TIME_TOOL) && json.path("time").isString()) {
            return "It is " + json.path("time").asString() + ".";
        }
        if (tool.equals(OfflineAssistant.SEARCH_TOOL) && json.isArray()) {
            return hits(json);
        }
        return tool + " says: " + result;
    }

    private static String hits(JsonNode hits) {
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
