package dev.confab.application.chatimport;

import dev.confab.domain.chatexport.ExportedChat;
import dev.confab.domain.chatexport.ExportedMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a chat. At a message with several answers a branch goes on with the one that the stored conversation has; else with the
 * one that the application showed last; else with the one that has the newest message. Each other answer begins a branch. So a branch
 * is the same in each export of the chat, whatever was shown last there, and a newer export makes it longer.
 */
final class Branches {
    static final int MAX_BRANCHES = 1_000;
    static final int MAX_COPIES = 200_000;

    /** The answers to each message, in the order of the file; those to nothing are at the empty id. */
    private final Map<String, List<ExportedMessage>> answers = new HashMap<>();
    private final Map<String, ExportedMessage> byId = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    /** The time of the newest message at or after each. */
    private final Map<String, Instant> newest = new HashMap<>();

    Branches(ExportedChat chat) {
        for (ExportedMessage message : chat.messages()) {
            byId.put(message.id(), message);
            answers.computeIfAbsent(message.parent().orElse(""), _ -> new ArrayList<>()).add(message);
        }
        for (ExportedMessage message : chat.messages().reversed()) {
            Instant time = later(newest.get(message.id()), message.createdAt().orElse(Instant.MIN));
            newest.put(message.id(), time);
            message.parent().ifPresent(parent -> newest.merge(parent, time, Branches::later));
        }
        Optional<ExportedMessage> at = chat.current().map(byId::get);
        while (at.isPresent()) {
            shown.add(at.get().id());
            at = at.get().parent().map(byId::get);
        }
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    /** A branch that is still to be followed, from its first own message. */
    private record Start(String key, Optional<String> parent, Optional<ExportedMessage> first) {
    }

    /**
     * Passes each branch on, a branch before those that leave it. Branches share messages, which are copied into each: when they are too
     * many, the own messages of the others are passed to {@code tooMany} instead.
     *
     * @param stored which messages of the chat the conversation of a branch has, by the key of the branch
     */
    void forEach(Function<String, Set<String>> stored, Consumer<Branch> action, Consumer<ExportedMessage> tooMany) {
        Deque<Start> starts = new ArrayDeque<>();
        starts.add(new Start("", Optional.empty(), Optional.empty()));
        long copies = 0;
        for (int count = 0; !starts.isEmpty(); count++) {
            Start start = starts.remove();
            if (count >= MAX_BRANCHES || copies > MAX_COPIES) {
                follow(start, new ArrayList<>(), Set.of(), starts).forEach(tooMany);
            } else {
                List<ExportedMessage> shared = before(start);
                copies += shared.size();
                action.accept(new Branch(start.key(), start.parent(),
                        follow(start, new ArrayList<>(shared), stored.apply(start.key()), starts), shared.size()));
            }
        }
    }

    /** The messages before the first own one. */
    private List<ExportedMessage> before(Start start) {
        var messages = new ArrayDeque<ExportedMessage>();
        Optional<ExportedMessage> at = start.first().flatMap(ExportedMessage::parent).map(byId::get);
        while (at.isPresent()) {
            messages.push(at.get());
            at = at.get().parent().map(byId::get);
        }
        return List.copyOf(messages);
    }

    /** Adds the own messages of the branch, and to the starts those of branches that leave it. */
    private List<ExportedMessage> follow(Start start, List<ExportedMessage> messages, Set<String> stored,
            Deque<Start> starts) {
        start.first().ifPresent(messages::add);
        for (List<ExportedMessage> next = next(messages); !next.isEmpty(); next = next(messages)) {
            ExportedMessage chosen = chosen(next, stored);
            for (ExportedMessage other : next) {
                if (!other.id().equals(chosen.id())) {
                    starts.add(new Start(other.id(), Optional.of(start.key()), Optional.of(other)));
                }
            }
            messages.add(chosen);
        }
        return messages;
    }

    private List<ExportedMessage> next(List<ExportedMessage> messages) {
        return answers.getOrDefault(messages.isEmpty() ? "" : messages.getLast().id(), List.of());
    }

    private ExportedMessage chosen(List<ExportedMessage> next, Set<String> stored) {
        return next.stream().filter(message -> stored.contains(message.id())).findFirst()
                .or(() -> next.stream().filter(message -> shown.contains(message.id())).findFirst())
                .orElseGet(() -> next.stream().reduce((one, other) -> time(other).isBefore(time(one)) ? one : other)
                        .orElseThrow());
    }

    private Instant time(ExportedMessage message) {
        return newest.getOrDefault(message.id(), Instant.MIN);
    }
}
