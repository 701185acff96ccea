package dev.confab.adapter.persistence.contract.history;

import dev.confab.adapter.persistence.contract.history.Operation.ChangesResponse;
import dev.confab.adapter.persistence.contract.history.Operation.HeadResponse;
import dev.confab.adapter.persistence.contract.history.Operation.MessageResponse;
import dev.confab.adapter.persistence.contract.history.Operation.NoMessage;
import dev.confab.adapter.persistence.contract.history.Operation.Response;
import dev.confab.adapter.persistence.contract.history.Operation.WindowResponse;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.query.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares the response of a reader with one state of the conversation: it must show that state and no other (S5). */
final class ReadCheck {
    private ReadCheck() {
    }

    /**
     * The error of the response, in words; empty when it is correct.
     *
     * @param state of the version that the head in the response has
     */
    static Optional<String> findFault(StatesByVersion.State state, Response response) {
        if (!response.head().equals(state.head())) {
            return Optional.of("returned head " + response.head() + ", but the state was " + state.head());
        }
        return switch (response) {
            case WindowResponse content -> findFault(state, content.window(), content);
            case MessageResponse(var id, _, var messages) ->
                findDifference(messages, state.message(id).stream().toList());
            case ChangesResponse(var since, _, var messages, var reset) -> reset
                    ? Optional.empty()
                    : findDifference(messages, state.messages().stream()
                            .filter(message -> message.version().value() > since).toList());
            case HeadResponse _,NoMessage _ -> Optional.empty();
        };
    }

    private static Optional<String> findFault(StatesByVersion.State state, Window window, WindowResponse content) {
        int first = window.after() + 1;
        int last = Math.min(state.count(), window.before() - 1);
        int inWindow = Math.max(0, last - first + 1);
        int returned = content.messages().size();
        boolean tooMany = returned > Math.min(inWindow, window.limit());
        boolean noneOfSome = returned == 0 && inWindow > 0;
        if (tooMany || noneOfSome || content.more() != returned < inWindow) {
            return Optional.of("returned " + returned + " of " + inWindow + " messages in " + window + ", more: "
                    + content.more());
        }
        boolean ascending = window.order() == Window.Order.ASCENDING;
        return findDifference(content.messages(), IntStream.range(0, returned)
                .mapToObj(i -> state.messageAt(ascending ? first + i : last - i)).toList());
    }

    private static Optional<String> findDifference(List<Message> returned, List<Message> stored) {
        if (returned.size() != stored.size()) {
            return Optional.of("returned " + returned.size() + " messages, but there were " + stored.size());
        }
        return IntStream.range(0, stored.size()).filter(i -> !returned.get(i).equals(stored.get(i))).boxed()
                .findFirst()
                .map(i -> "returned " + describe(returned.get(i)) + ", but stored was " + describe(stored.get(i)));
    }

    /** Without the text, which may be long. */
    private static String describe(Message message) {
        return "message " + message.id() + " of version " + message.version() + " at position " + message.position()
                + " with a text of " + message.text().length() + " characters";
    }
}
