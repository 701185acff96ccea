package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent;
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
 * Puts the commits of one conversation into the order of their versions. Each starts where another ends, so certain commits
 * have one order at most. Where none continues, a run with an unknown outcome may, if something later was seen; among several
 * of those, only such as agree with what was seen of their versions are tried.
 */
final class CommitOrder {
    /** So many ways to choose among unknown outcomes, and more, are not worth trying. */
    private static final int MAX_ORDERS = 1_000;

    /** @param certain whether the call returned; else its outcome is unknown, and being here means it took effect */
    record Commit(Operation.Work call, Execution attempt, boolean certain) {
    }

    private final Map<Long, Commit> certain = new HashMap<>();
    private final Map<Long, List<Commit>> possible = new HashMap<>();
    private final Map<Long, Conversation> seenHeads = new HashMap<>();
    private final Map<Long, Message> seenMessages = new HashMap<>();
    private long lastSeen;
    /** When the last read returned that was told of something not there. */
    private long lastAbsence;

    /** @param commits certain ones with distinct base versions, and possible ones */
    CommitOrder(List<Operation> calls, List<Commit> commits) {
        for (Commit commit : commits) {
            long base = commit.attempt().baseVersion();
            if (commit.certain()) {
                certain.put(base, commit);
                lastSeen = Math.max(lastSeen, commit.attempt().lastVersion());
            } else {
                possible.computeIfAbsent(base, version -> new ArrayList<>()).add(commit);
            }
        }
        calls.forEach(this::see);
    }

    /** At least one; the only one unless outcomes are unknown. */
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
                unseen(order).forEach(choice -> {
                    var branch = new ArrayList<>(order);
                    branch.add(choice);
                    open.push(branch);
                });
            }
            for (Commit choice : next) {
                var branch = new ArrayList<>(order);
                branch.add(choice);
                open.push(branch);
            }
            if (orders.size() + open.size() > MAX_ORDERS) {
                throw new IllegalStateException("too many unknown outcomes to tell what happened");
            }
        }
        return orders;
    }

    /**
     * What may have taken effect at the end without a version of it being seen: whoever was told that something is not there saw no
     * version, and a deletion or a truncation with an unknown outcome may be why.
     */
    private List<Commit> unseen(List<Commit> order) {
        return continuing(order, last(order))
                .filter(choice -> lastAbsence > choice.call().invoked()).toList();
    }

    private static long last(List<Commit> order) {
        return order.isEmpty() ? 0 : order.getLast().attempt().lastVersion();
    }

    private List<Commit> next(List<Commit> order) {
        long version = last(order);
        Commit sure = certain.get(version);
        if (sure != null) {
            return List.of(sure);
        }
        return version >= lastSeen
                ? List.of()
                : continuing(order, version).toList();
    }

    private Stream<Commit> continuing(List<Commit> order, long version) {
        return possible.getOrDefault(version, List.of()).stream().filter(this::agrees)
                .filter(choice -> order.stream().noneMatch(commit -> commit.call().equals(choice.call())));
    }

    private boolean agrees(Commit choice) {
        Optional<Conversation> head = choice.attempt().base();
        for (ConversationEvent event : choice.attempt().events()) {
            head = head.isPresent()
                    ? head.get().apply(event)
                    : Optional.of(Conversation.from((ConversationEvent.Creation) event));
            Optional<Message> message = switch (event) {
                case ConversationEvent.MessageAppended e -> Optional.of(e.message());
                case ConversationEvent.MessageEdited e -> Optional.of(e.message());
                default -> Optional.empty();
            };
            if (message.isPresent()
                    && !seenMessages.getOrDefault(event.version().value(), message.get()).equals(message.get())) {
                return false;
            }
        }
        Conversation after = head.orElseThrow();
        return seenHeads.getOrDefault(after.version().value(), after).equals(after);
    }

    private void see(Operation call) {
        switch (call) {
            case Operation.Read(var id, var caller, var invoked, var returned, var seen) -> {
                seen.head().ifPresent(this::seeHead);
                switch (seen) {
                    case Operation.NotLive() -> lastAbsence = Math.max(lastAbsence, returned);
                    case Operation.NoMessage(var message) -> lastAbsence = Math.max(lastAbsence, returned);
                    case Operation.SeenWindow(var window, var answer) -> answer.messages().forEach(this::seeMessage);
                    case Operation.SeenOne(var message, var answer) -> answer.messages().forEach(this::seeMessage);
                    case Operation.SeenChanges(var since, var answer) -> answer.messages().forEach(this::seeMessage);
                    default -> {
                        // a head at most
                    }
                }
            }
            case Operation.Work(var id, var caller, var invoked, var returned, var expected, Operation.Released released) ->
                released.attempt().base().ifPresent(this::seeHead);
            case Operation.Work refusedOrUnknown -> {
                // tells nothing that must be true
            }
        }
    }

    private void seeHead(Conversation head) {
        seenHeads.putIfAbsent(head.version().value(), head);
        lastSeen = Math.max(lastSeen, head.version().value());
    }

    private void seeMessage(Message message) {
        seenMessages.putIfAbsent(message.version().value(), message);
    }
}
