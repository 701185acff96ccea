package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;

/**
 * A call of the store on one conversation, and what its thread observed. {@code invoked} and {@code returned} are ticks of one
 * clock for all threads: if one operation returned at a lower tick than another was invoked at, it came first in real time.
 */
sealed interface Operation {
    /** The time of return of an operation whose commit may take effect at any time, or never. */
    long NEVER = Long.MAX_VALUE;

    ConversationId conversation();

    String thread();

    long invoked();

    long returned();

    /**
     * A call of {@code transact}.
     *
     * @param expected the version that the transaction function expects, if the caller named it
     */
    record Transact(ConversationId conversation, String thread, long invoked, long returned, Optional<Version> expected,
            Outcome outcome) implements Operation {
        @Override
        public String toString() {
            return "transact " + invoked + ".." + (returned == NEVER ? "?" : returned) + " of " + thread;
        }
    }

    /** How a call of {@code transact} ended. */
    sealed interface Outcome {
    }

    /** It returned the result of this execution, or threw its exception. */
    record Completed(Execution execution, Optional<Throwable> thrown) implements Outcome {
    }

    /** It returned a result that none of its own executions had returned. */
    record ForeignResult() implements Outcome {
    }

    /** The store reported an error after which certainly nothing is recorded. */
    record NotRecorded() implements Outcome {
    }

    /** At most one of these executions is committed; the caller does not know whether one is. */
    record OutcomeUnknown(List<Execution> executions) implements Outcome {
        public OutcomeUnknown {
            executions = List.copyOf(executions);
        }
    }

    /** A call of a reader. A list of several conversations counts as one operation on each of them. */
    record Read(ConversationId conversation, String thread, long invoked, long returned,
            Response response) implements Operation {
        @Override
        public String toString() {
            return "read " + invoked + ".." + returned + " of " + thread;
        }
    }

    /** The response of a reader. */
    sealed interface Response {
        /** The head in the response; empty if there is none in it. */
        default Optional<Conversation> head() {
            return Optional.empty();
        }

        /** The messages in the response. */
        default List<Message> messages() {
            return List.of();
        }
    }

    /** A head alone; empty if there is no live conversation. */
    record HeadResponse(Optional<Conversation> head) implements Response {
    }

    /** A head and messages in a window. */
    record WindowResponse(Window window, Optional<Conversation> head, List<Message> messages,
            boolean more) implements Response {
    }

    /** A head and one message. */
    record MessageResponse(MessageId id, Optional<Conversation> head, List<Message> messages) implements Response {
    }

    /** A head and the changes since a version. */
    record ChangesResponse(long since, Optional<Conversation> head, List<Message> messages,
            boolean reset) implements Response {
    }

    /** There is a live conversation, but it has no such message. */
    record NoMessage(MessageId id) implements Response {
    }
}
