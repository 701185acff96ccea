package dev.confab.application.turn.run;

import dev.confab.application.turn.answer.StorableText;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.Assistant.ToolRequest;
import dev.confab.domain.port.Tool;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools by name: turns an assistant's requests into calls, and calls into results. */
final class Toolbox {
    private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Set<String> needingApproval;

    Toolbox(Collection<? extends Tool> tools, Set<String> needingApproval) {
        tools.forEach(tool -> this.tools.put(tool.description().name(), tool));
        this.needingApproval = needingApproval;
    }

    List<ToolDescription> descriptions() {
        return tools.values().stream().map(Tool::description).toList();
    }

    /** @param before how many calls the turn has already */
    List<ToolCall> calls(List<ToolRequest> requests, int before) {
        var calls = new ArrayList<ToolCall>();
        for (ToolRequest request : requests) {
            // A tool that does not exist needs no approval: its result says that it does not exist.
            boolean needsApproval = tools.containsKey(request.tool()) && needingApproval.contains(request.tool());
            calls.add(ToolCall.asked("call-" + (before + calls.size() + 1), request.tool(), request.arguments(),
                    needsApproval));
        }
        return calls;
    }

    /** Calls the tools of the round one after the other, and passes on each call with its result; calls that have one keep it. */
    void call(OwnerId owner, ToolRound round, Interruption interruption, Consumer<ToolCall> results)
            throws InterruptedException {
        for (ToolCall call : round.calls()) {
            if (call.result().isEmpty()) {
                results.accept(call.withResult(result(owner, call, interruption)));
            }
        }
    }

    private String result(OwnerId owner, ToolCall call, Interruption interruption) throws InterruptedException {
        if (!call.isApproved()) {
            return "Refused by the user."
                    + call.approval().flatMap(Approval::reason).map(why -> " Reason: " + why).orElse("");
        }
        Tool tool = tools.get(call.tool());
        if (tool == null) {
            return "There is no tool " + call.tool() + ".";
        }
        return StorableText.of(interruption.call(() -> call(owner, tool, call)), ToolCall.MAX_RESULT_BYTES);
    }

    private static String call(OwnerId owner, Tool tool, ToolCall call) throws InterruptedException {
        try {
            return tool.call(owner, call.arguments());
        } catch (RuntimeException failed) {
            LOG.warn("Tool {} failed; the assistant gets an error as the result", call.tool(), failed);
            return "The tool failed.";
        }
    }
}
