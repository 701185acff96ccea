package dev.confab.adapter.web.session;

import dev.confab.adapter.web.conversation.NewMessageJson;
import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.IfBusy;
import dev.confab.application.Turns.Start;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnIdReused;
import java.util.List;
import java.util.Optional;

/**
 * The body of a request that starts a turn: with a new prompt, with new messages, or with {@code regenerate} to answer the last prompt
 * anew.
 *
 * @param text of the prompt
 * @param messageId of the prompt
 */
record StartTurnJson(Optional<TurnId> id, Optional<String> text, Optional<MessageId> messageId,
        Optional<List<NewMessageJson>> messages, Optional<Boolean> regenerate, Optional<IfBusy> ifBusy) {

    StartTurnJson {
        text.ifPresent(Message::requireText);
        messages.ifPresent(batch -> NewMessageJson.requireBatch(1, Start.MAX_MESSAGES, batch));
        if (regenerate.orElse(false)) {
            requireAbsent("text", text, "regenerate");
            requireAbsent("messages", messages, "regenerate");
            requireAbsent("messageId", messageId, "regenerate");
        } else if (messages.isPresent()) {
            requireAbsent("text", text, "messages");
            requireAbsent("messageId", messageId, "messages");
        } else if (text.isEmpty()) {
            throw new InvalidValue("text", "is missing, and so are messages and regenerate");
        }
    }

    private static void requireAbsent(String member, Optional<?> value, String other) {
        if (value.isPresent()) {
            throw new InvalidValue(member, "must not be given together with " + other);
        }
    }

    Start start(IdempotencyKey key) {
        RequestedId named = key.unless(id.map(TurnId::value), TurnIdReused.class);
        if (messages.isPresent()) {
            return new Start.Input(named, NewMessageJson.messages(messages.get()));
        }
        return text.<Start>map(
                prompt -> new Start.Prompt(named, IdempotencyKey.without(messageId.map(MessageId::value)), prompt))
                .orElseGet(() -> new Start.Regeneration(named));
    }
}
