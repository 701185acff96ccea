package dev.confab.adapter.web.event;

import dev.confab.adapter.web.conversation.MessageJson;
import dev.confab.adapter.web.session.ToolCallJson;
import dev.confab.adapter.web.session.TurnJson;
import dev.confab.application.TurnEvents;
import dev.confab.application.TurnEvents.Batch;
import dev.confab.application.TurnEvents.TurnEvent;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.port.ChangeFeed.Subscription;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnNotFound;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of one turn. Only the batch being written is in memory; the next one is read once the client has received it.
 *
 * <p>When the conversation is removed while the stream is open, the stream ends without an end event, because the turn's outcome is no
 * longer stored. A client that reconnects gets 404.
 */
final class TurnStream implements EventStreams.Stream {
    private final TurnEvents events;
    private final OwnerId owner;
    private final TurnId id;
    /** The last event that the client has. */
    private long known;
    /** The batch that {@link #begin} read, until it is written. */
    private Optional<Batch> first = Optional.empty();

    TurnStream(TurnEvents events, OwnerId owner, TurnId id, long known) {
        this.events = events;
        this.owner = owner;
        this.id = id;
        this.known = known;
    }

    @Override
    public Subscription watch(Runnable wake) {
        return events.watch(id, wake);
    }

    @Override
    public boolean begin() {
        Batch batch = read();
        first = Optional.of(batch);
        return !batch.ended() || !batch.events().isEmpty();
    }

    @Override
    public boolean writeNews(EventWriter writer) throws IOException {
        try {
            Batch batch = first.orElseGet(this::read);
            first = Optional.empty();
            while (!batch.events().isEmpty()) {
                for (TurnEvent event : batch.events()) {
                    write(writer, event);
                }
                writer.flush();
                known = batch.events().getLast().id();
                if (batch.ended()) {
                    return false;
                }
                batch = read();
            }
            return !batch.ended();
        } catch (TurnNotFound removed) {
            return false;
        }
    }

    private Batch read() {
        return events.after(owner, id, known);
    }

    private static void write(EventWriter writer, TurnEvent event) throws IOException {
        switch (event) {
            case TurnEvent.Queued(long id, var turn) -> writer.add(id, "turn.queued", TurnJson.from(turn));
            case TurnEvent.Started(long id, var turn) -> writer.add(id, "turn.started", TurnJson.from(turn));
            case TurnEvent.Delta(long id, String text) -> writer.add(id, "message.delta", Map.of("text", text));
            case TurnEvent.ApprovalRequired(long id, var turn) ->
                writer.add(id, "approval.required", new CallsJson(open(turn.calls())));
            case TurnEvent.ToolCompleted(long id, String callId, String result) ->
                writer.add(id, "tool.completed", new ToolResultJson(callId, result));
            case TurnEvent.MessageCompleted(long id, var message) ->
                writer.add(id, "message.completed", MessageJson.from(message));
            case TurnEvent.Ended(long id, var turn) ->
                writer.add(id, "turn." + turn.state().label(), TurnJson.from(turn));
        }
    }

    /** The result of a tool call. */
    record ToolResultJson(String callId, String result) {
    }

    /** The tool calls that await an approval. */
    record CallsJson(List<ToolCallJson> calls) {
    }

    private static List<ToolCallJson> open(List<ToolCall> calls) {
        return calls.stream().filter(ToolCall::awaitsApproval).map(ToolCallJson::from).toList();
    }
}
