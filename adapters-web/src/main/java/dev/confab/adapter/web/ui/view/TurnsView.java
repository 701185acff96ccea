package dev.confab.adapter.web.ui.view;

import dev.confab.adapter.web.ui.markdown.Markdown;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.session.Approval;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import dev.confab.domain.session.Turn;
import dev.confab.domain.session.TurnState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The unfinished turns of a conversation, and how the last one failed.
 *
 * @param open the turn that runs or awaits an approval
 * @param queued those that wait, in the order in which they begin
 * @param failure of the last turn, as a sentence; empty unless it failed and nothing follows it
 */
public record TurnsView(Optional<Open> open, List<Queued> queued, String failure) {

    /** @param rounds of tool calls that are done or wait for an approval */
    public record Open(String id, List<Round> rounds) {
    }

    public record Round(String html, List<Call> calls) {
    }

    /** @param state what the call waits for, or that it is done */
    public record Call(String id, String tool, String arguments, boolean awaitsApproval, String state, String result) {
    }

    public record Queued(String id, String text) {
    }

    /** @param latestFirst all turns of the conversation that are kept */
    public static TurnsView of(List<Turn> latestFirst) {
        List<Queued> queued = latestFirst.reversed().stream().filter(Turn::isQueued)
                .map(turn -> new Queued(turn.id().toString(), text(turn))).toList();
        Optional<Open> open = latestFirst.stream().filter(Turn::isOpen).findFirst().map(TurnsView::open);
        String failure = latestFirst.stream().findFirst().map(TurnsView::failure).orElse("");
        return new TurnsView(open, queued, failure);
    }

    public boolean isBusy() {
        return open.isPresent() || !queued.isEmpty();
    }

    private static Open open(Turn turn) {
        return new Open(turn.id().toString(), turn.rounds().stream().map(TurnsView::round).toList());
    }

    private static Round round(ToolRound round) {
        return new Round(Markdown.html(round.text()), round.calls().stream().map(TurnsView::call).toList());
    }

    private static Call call(ToolCall call) {
        String state;
        if (call.awaitsApproval()) {
            state = "waits for your approval";
        } else if (call.approval().filter(answer -> !answer.approved()).isPresent()) {
            state = "refused" + call.approval().flatMap(Approval::reason).map(reason -> ": " + reason).orElse("");
        } else {
            state = call.result().isPresent() ? "done" : "is being called";
        }
        return new Call(call.id(), call.tool(), call.arguments(), call.awaitsApproval(), state,
                call.result().orElse(""));
    }

    private static String text(Turn turn) {
        return turn.queuedMessages().stream().map(MessageDraft::text).collect(Collectors.joining("\n"));
    }

    private static String failure(Turn last) {
        return last.state() instanceof TurnState.Failed(var failure)
                ? failure.detail().isEmpty() ? failure.code().replace('-', ' ') : failure.detail()
                : "";
    }
}
