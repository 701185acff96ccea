package dev.confab.adapter.persistence.contract.history;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.Changes;
import dev.confab.domain.query.ConversationWindow;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a reader must tell of a state: whole, and of one moment (S5). */
final class ReadCheck {
    private ReadCheck() {
    }

    /** Says what is wrong with an answer whose head has this state's version. */
    static Optional<String> wrong(StatesByVersion.State state, Operation.Seen seen) {
        if (!seen.head().equals(state.head())) {
            return Optional.of("saw " + seen.head() + ", but the state was " + state.head());
        }
        return switch (seen) {
            case Operation.SeenWindow(var window, var answer) -> wrongWindow(state, window, answer);
            case Operation.SeenOne(var id, var answer) ->
                differ(answer.messages(), state.message(id).stream().toList());
            case Operation.SeenChanges(var since, var answer) -> wrongChanges(state, since, answer);
            case Operation.SeenHead head -> Optional.empty();
            case Operation.NotLive none -> Optional.empty();
            case Operation.NoMessage none -> Optional.empty();
        };
    }

    private static Optional<String> wrongWindow(StatesByVersion.State state, Window window, ConversationWindow answer) {
        int first = window.after() + 1;
        int last = Math.min(state.count(), window.before() - 1);
        int size = Math.max(0, last - first + 1);
        int given = answer.messages().size();
        if (given > Math.min(size, window.limit()) || given == 0 && size > 0 || answer.more() != given < size) {
            return Optional.of("was given " + given + " of " + size + " messages in " + window + ", more: "
                    + answer.more());
        }
        boolean ascending = window.order() == Window.Order.ASCENDING;
        return differ(answer.messages(), IntStream.range(0, given)
                .mapToObj(i -> state.messageAt(ascending ? first + i : last - i)).toList());
    }

    private static Optional<String> wrongChanges(StatesByVersion.State state, long since, Changes answer) {
        return answer.reset()
                ? Optional.empty()
                : differ(answer.messages(), IntStream.rangeClosed(1, state.count()).mapToObj(state::messageAt)
                        .filter(message -> message.version().value() > since).toList());
    }

    private static Optional<String> differ(List<Message> told, List<Message> right) {
        if (told.size() != right.size()) {
            return Optional.of("was given " + told.size() + " messages, but there were " + right.size());
        }
        return IntStream.range(0, right.size()).filter(i -> !told.get(i).equals(right.get(i))).boxed().findFirst()
                .map(i -> "was given " + brief(told.get(i)) + ", but there was " + brief(right.get(i)));
    }

    /** A text may be long. */
    private static String brief(Message message) {
        return "message " + message.id() + " of version " + message.version() + " at position " + message.position()
                + " with text of " + message.text().length() + " characters";
    }
}
