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
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes histories by hand: heads and messages as they should be, and calls at given ticks. */
final class HistoryBuilder {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.006Z");
    static final ConversationId ID = new ConversationId(new UUID(1, 1));
    final History history = new History();

    /** Head and messages after version 1 (started) and so many appends: message n has id n, text "n" and version n + 1. */
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

    /** Appends these messages after so many. */
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

    /** Looks, and records nothing. */
    static Execution looking(int after, Execution.Step... steps) {
        return new Execution(Optional.of(head(after)), List.of(steps));
    }

    HistoryBuilder work(long invoked, long returned, Execution attempt) {
        return outcome(invoked, returned, Optional.empty(), new Operation.Released(attempt, Optional.empty()));
    }

    HistoryBuilder work(long invoked, long returned, int expected, Execution attempt) {
        return outcome(invoked, returned, Optional.of(new Version(expected)),
                new Operation.Released(attempt, Optional.empty()));
    }

    HistoryBuilder throwing(long invoked, long returned, int expected, Execution attempt, Throwable thrown) {
        return outcome(invoked, returned, Optional.of(new Version(expected)),
                new Operation.Released(attempt, Optional.of(thrown)));
    }

    HistoryBuilder refused(long invoked, long returned) {
        return outcome(invoked, returned, Optional.empty(), new Operation.Refused());
    }

    HistoryBuilder unknown(long invoked, Execution... attempts) {
        return outcome(invoked, Operation.NEVER, Optional.empty(), new Operation.Unknown(List.of(attempts)));
    }

    HistoryBuilder outcome(long invoked, long returned, Optional<Version> expected, Operation.Outcome outcome) {
        history.add(new Operation.Work(ID, "thread", invoked, returned, expected, outcome));
        return this;
    }

    HistoryBuilder read(long invoked, long returned, Operation.Seen seen) {
        history.add(new Operation.Read(ID, "thread", invoked, returned, seen));
        return this;
    }

    /** Reads the first messages: the head after so many appends, with these messages. */
    HistoryBuilder read(long invoked, long returned, int appends, List<Message> messages) {
        return read(invoked, returned, new Operation.SeenWindow(Window.first(100),
                new ConversationWindow(head(appends), messages, false)));
    }

    List<String> clauses() {
        return HistoryChecker.check(history).stream().map(Violation::clause).distinct().sorted().toList();
    }
}
