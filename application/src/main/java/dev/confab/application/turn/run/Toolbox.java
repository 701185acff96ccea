package dev.confab.application.turn.run;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools by name: makes calls of what an assistant asks for, and results of calls. */
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
            // A tool that is not there needs nobody's approval: its call says so.
            boolean open = tools.containsKey(request.tool()) && needingApproval.contains(request.tool());
            calls.add(ToolCall.asked("call-" + (before + calls.size() + 1), request.tool(), request.arguments(), open));
        }
        return calls;
    }

    /** The round with each call's result; those that have one keep it. */
    ToolRound called(OwnerId owner, ToolRound round, Interruption gate) throws InterruptedException {
        var calls = new ArrayList<ToolCall>();
        for (ToolCall call : round.calls()) {
            calls.add(call.result().isPresent() ? call : call.withResult(result(owner, call, gate)));
        }
        return new ToolRound(round.text(), calls);
    }

    private String result(OwnerId owner, ToolCall call, Interruption gate) throws InterruptedException {
        if (!call.isApproved()) {
            return "Refused by the user."
                    + call.approval().flatMap(Approval::reason).map(why -> " Reason: " + why).orElse("");
        }
        Tool tool = tools.get(call.tool());
        if (tool == null) {
            return "There is no tool " + call.tool() + ".";
        }
        return StorableText.keepable(gate.call(() -> call(owner, tool, call)), ToolCall.MAX_RESULT_BYTES);
    }

    private static String call(OwnerId owner, Tool tool, ToolCall call) throws InterruptedException {
        try {
            return tool.call(owner, call.arguments());
        } catch (RuntimeException failed) {
            LOG.warn("tool {} failed", call.tool(), failed);
            return "The tool failed.";
        }
    }
}
