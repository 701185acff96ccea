package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;

/**
 * A call as one thread saw it. {@code invoked} and {@code returned} are ticks of one clock for all threads: a call that returned
 * at a lower tick than another was invoked came before it in real time.
 */
sealed interface Operation {
    /** When a call returned whose commit may take effect at any time, or never. */
    long NEVER = Long.MAX_VALUE;

    ConversationId conversation();

    String caller();

    long invoked();

    long returned();

    /** @param expected the version that the work demands, where it said so */
    record Work(ConversationId conversation, String caller, long invoked, long returned, Optional<Version> expected,
            Outcome outcome) implements Operation {
        @Override
        public String toString() {
            return "work " + invoked + ".." + (returned == NEVER ? "?" : returned) + " of " + caller;
        }
    }

    /** What a call of {@code transact} came to. */
    sealed interface Outcome {
    }

    /** It returned what this run of its work returned, or threw what it threw. */
    record Released(Execution attempt, Optional<Throwable> thrown) implements Outcome {
    }

    /** It returned what no run of its own work had returned. */
    record Strange() implements Outcome {
    }

    /** The store refused; certainly nothing is recorded. */
    record Refused() implements Outcome {
    }

    /** One of these runs of its work may be committed, or none. */
    record Unknown(List<Execution> attempts) implements Outcome {
        public Unknown {
            attempts = List.copyOf(attempts);
        }
    }

    /** One conversation's share of a reader's answer. */
    record Read(ConversationId conversation, String caller, long invoked, long returned,
            Seen seen) implements Operation {
        @Override
        public String toString() {
            return "read " + invoked + ".." + returned + " of " + caller;
        }
    }

    /** What a reader told. */
    sealed interface Seen {
        /** The head in the answer. */
        default Optional<Conversation> head() {
            return switch (this) {
                case SeenHead(var head) -> Optional.of(head);
                case SeenWindow(var window, var answer) -> Optional.of(answer.conversation());
                case SeenOne(var id, var answer) -> Optional.of(answer.conversation());
                case SeenChanges(var since, var answer) -> Optional.of(answer.conversation());
                case NotLive() -> Optional.empty();
                case NoMessage(var id) -> Optional.empty();
            };
        }
    }

    record SeenHead(Conversation conversation) implements Seen {
    }

    record SeenWindow(Window window, ConversationWindow answer) implements Seen {
    }

    record SeenOne(MessageId id, ConversationWindow answer) implements Seen {
    }

    record SeenChanges(long since, Changes answer) implements Seen {
    }

    /** There is no live conversation. */
    record NotLive() implements Seen {
    }

    /** There is a live conversation without this message. */
    record NoMessage(MessageId id) implements Seen {
    }
}
