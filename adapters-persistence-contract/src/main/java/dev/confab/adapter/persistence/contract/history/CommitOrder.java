package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
import dev.confab.domain.conversation.ConversationEvent.ConversationDeleted;
import dev.confab.domain.conversation.ConversationEvent.ConversationFiled;
import dev.confab.domain.conversation.ConversationEvent.ConversationMadePermanent;
import dev.confab.domain.conversation.ConversationEvent.ConversationPurged;
import dev.confab.domain.conversation.ConversationEvent.ConversationRenamed;
import dev.confab.domain.conversation.ConversationEvent.ConversationRestored;
import dev.confab.domain.conversation.ConversationEvent.ConversationTruncated;
import dev.confab.domain.conversation.ConversationEvent.Creation;
import dev.confab.domain.conversation.ConversationEvent.MessageAppended;
import dev.confab.domain.conversation.ConversationEvent.MessageEdited;
import dev.confab.domain.conversation.ConversationEvent.MessageRemoved;
import dev.confab.domain.conversation.ConversationEvent.MetadataChanged;
import dev.confab.domain.conversation.ConversationEvent.Staged;
import dev.confab.domain.conversation.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Puts the commits of one conversation into the order of their versions. Each commit starts where another ends, so the certain
 * commits have at most one order. Where no certain commit continues, an execution with an unknown outcome may, if a later version
 * was observed. If several may, only those are tried that agree with the observed versions.
 */
final class CommitOrder {
    /** With more ways than this to choose among unknown outcomes, the history is not checked. */
    private static final int MAX_ORDERS = 1_000;

    /** @param certain whether the call returned; otherwise the commit is one that may have taken effect */
    record Commit(Operation.Transact operation, Execution execution, boolean certain) {
    }

    private final Map<Long, Commit> certain = new HashMap<>();
    private final Map<Long, List<Commit>> possible = new HashMap<>();
    private final Map<Long, Conversation> seenHeads = new HashMap<>();
    private final Map<Long, Message> seenMessages = new HashMap<>();
    private long lastSeen;
    /** When the last read returned that found something missing. */
    private long lastAbsence;

    /** @param commits the certain ones with distinct base versions, and the possible ones */
    CommitOrder(List<Operation> operations, List<Commit> commits) {
        for (Commit commit : commits) {
            long base = commit.execution().baseVersion();
            if (commit.certain()) {
                certain.put(base, commit);
                lastSeen = Math.max(lastSeen, commit.execution().lastVersion());
            } else {
                possible.computeIfAbsent(base, version -> new ArrayList<>()).add(commit);
            }
        }
        operations.forEach(this::observe);
    }

    /** All possible orders: at least one, and exactly one if no outcome is unknown. */
    List<List<Commit>> all() {
        List<List<Commit>> orders = new ArrayList<>();
        Deque<List<Commit>> open = new ArrayDeque<>(List.of(new ArrayList<>()));
        while (!open.isEmpty()) {
            List<Commit> order = open.pop();
            List<Commit> next = next(order);
            while (next.size() == 1) {
                order.add(next.getFirst());
                next = next(order);
            }
            if (next.isEmpty()) {
                orders.add(order);
                next = unseen(order);
            }
            for (Commit choice : next) {
                var branch = new ArrayList<>(order);
                branch.add(choice);
                open.push(branch);
            }
            if (orders.size() + open.size() > MAX_ORDERS) {
                throw new IllegalStateException("too many unknown outcomes to decide what happened");
            }
        }
        return orders;
    }

    /**
     * The commits that may have taken effect at the end although no operation saw their version: a read that finds something missing names
     * no version, and the reason may be a deletion or a truncation with an unknown outcome.
     */
    private List<Commit> unseen(List<Commit> order) {
        return continuing(order, last(order)).filter(choice -> lastAbsence > choice.operation().invoked()).toList();
    }

    private static long last(List<Commit> order) {
        return order.isEmpty() ? 0 : order.getLast().execution().lastVersion();
    }

    private List<Commit> next(List<Commit> order) {
        long version = last(order);
        Commit only = certain.get(version);
        if (only != null) {
            return List.of(only);
        }
        return version >= lastSeen ? List.of() : continuing(order, version).toList();
    }

    private Stream<Commit> continuing(List<Commit> order, long version) {
        return possible.getOrDefault(version, List.of()).stream().filter(this::agrees)
                .filter(choice -> order.stream().noneMatch(commit -> commit.operation().equals(choice.operation())));
    }

    /** Whether the heads and messages that were observed are those that this commit would lead to. */
    private boolean agrees(Commit choice) {
        Optional<Conversation> head = choice.execution().base();
        for (ConversationEvent event : choice.execution().events()) {
            head = head.isPresent() ? head.get().apply(event) : Optional.of(Conversation.from((Creation) event));
            Optional<Message> message = writtenBy(event);
            if (message.isPresent()
                    && !seenMessages.getOrDefault(event.version().value(), message.get()).equals(message.get())) {
                return false;
            }
        }
        Conversation after = head.orElseThrow();
        return seenHeads.getOrDefault(after.version().value(), after).equals(after);
    }

    private static Optional<Message> writtenBy(ConversationEvent event) {
        return switch (event) {
            case MessageAppended(_, _, var message) -> Optional.of(message);
            case MessageEdited(_, _, var message) -> Optional.of(message);
            case MessageRemoved(_, _, var message) -> Optional.of(message);
            case Staged _,Creation _,ConversationRenamed _,MetadataChanged _,ConversationFiled _,ConversationMadePermanent _,ConversationTruncated _,ConversationDeleted _,ConversationRestored _,ConversationPurged _ ->
                Optional.empty();
        };
    }

    private void observe(Operation operation) {
        switch (operation) {
            case Operation.Read read -> observe(read);
            case Operation.Transact transact -> {
                switch (transact.outcome()) {
                    case Operation.Completed(var execution, _) -> execution.base().ifPresent(this::observe);
                    case Operation.ForeignResult _,Operation.NotRecorded _,Operation.OutcomeUnknown _ -> {
                        // it observed nothing that must be true
                    }
                }
            }
        }
    }

    private void observe(Operation.Read read) {
        read.response().head().ifPresentOrElse(this::observe,
                () -> lastAbsence = Math.max(lastAbsence, read.returned()));
        read.response().messages().forEach(message -> seenMessages.putIfAbsent(message.version().value(), message));
    }

    private void observe(Conversation head) {
        seenHeads.putIfAbsent(head.version().value(), head);
        lastSeen = Math.max(lastSeen, head.version().value());
    }
}
