package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Builds histories: operations at given ticks, on heads and messages as they should be. */
final class HistoryBuilder {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");
    static final ConversationId ID = new ConversationId(new UUID(1, 1));
    final History history = new History();

    /** The head after version 1 and this many appends: message n has id n, text "n" and version n + 1. */
    static Conversation head(int appends) {
        Conversation head = Conversation
                .from(Conversation.start(ID, new OwnerId("me"), Optional.empty(), Metadata.EMPTY, digest(), NOW));
        for (int n = 1; n <= appends; n++) {
            head = head.apply(append(head, n)).orElseThrow();
        }
        return head;
    }

    static List<Message> messages(int... numbers) {
        return Arrays.stream(numbers).mapToObj(n -> append(head(n - 1), n).message()).toList();
    }

    static ConversationEvent.MessageAppended append(Conversation head, int number) {
        return head.append(MessageDraft.of(messageId(number), Role.USER, Integer.toString(number)), NOW);
    }

    static MessageId messageId(int number) {
        return new MessageId(new UUID(2, number));
    }

    static Digest digest() {
        return Digest.of("test").build();
    }

    static Execution starting() {
        return new Execution(Optional.empty(), List.of(new Execution.Recorded(
                Conversation.start(ID, new OwnerId("me"), Optional.empty(), Metadata.EMPTY, digest(), NOW))));
    }

    /** Appends these messages after this many others. */
    static Execution appending(int after, int... numbers) {
        Conversation head = head(after);
        List<Execution.Step> steps = new ArrayList<>();
        for (int number : numbers) {
            var event = append(head, number);
            steps.add(new Execution.Recorded(event));
            head = head.apply(event).orElseThrow();
        }
        return new Execution(Optional.of(head(after)), steps);
    }

    /** Reads, and records nothing. */
    static Execution reading(int after, Execution.Step... steps) {
        return new Execution(Optional.of(head(after)), List.of(steps));
    }

    HistoryBuilder transact(long invoked, long returned, Execution execution) {
        return outcome(invoked, returned, Optional.empty(), new Operation.Completed(execution, Optional.empty()));
    }

    HistoryBuilder transact(long invoked, long returned, int expected, Execution execution) {
        return outcome(invoked, returned, Optional.of(new Version(expected)),
                new Operation.Completed(execution, Optional.empty()));
    }

    HistoryBuilder throwing(long invoked, long returned, int expected, Execution execution, Throwable thrown) {
        return outcome(invoked, returned, Optional.of(new Version(expected)),
                new Operation.Completed(execution, Optional.of(thrown)));
    }

    HistoryBuilder notRecorded(long invoked, long returned) {
        return outcome(invoked, returned, Optional.empty(), new Operation.NotRecorded());
    }

    HistoryBuilder outcomeUnknown(long invoked, Execution... executions) {
        return outcome(invoked, Operation.NEVER, Optional.empty(), new Operation.OutcomeUnknown(List.of(executions)));
    }

    HistoryBuilder outcome(long invoked, long returned, Optional<Version> expected, Operation.Outcome outcome) {
        history.add(new Operation.Transact(ID, "thread", invoked, returned, expected, outcome));
        return this;
    }

    HistoryBuilder read(long invoked, long returned, Operation.Response seen) {
        history.add(new Operation.Read(ID, "thread", invoked, returned, seen));
        return this;
    }

    /** A read of the first messages that returned the head after this many appends and these messages. */
    HistoryBuilder read(long invoked, long returned, int appends, List<Message> messages) {
        return read(invoked, returned,
                new Operation.WindowResponse(Window.first(100), Optional.of(head(appends)), messages, false));
    }

    List<String> clauses() {
        return HistoryChecker.check(history).stream().map(Violation::clause).distinct().sorted().toList();
    }
}
