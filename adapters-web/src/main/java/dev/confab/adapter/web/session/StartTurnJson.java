package dev.confab.adapter.web.session;

import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.application.RequestedId;
import dev.confab.application.Turns.Start;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.session.TurnId;
import dev.confab.domain.session.TurnIdReused;
import java.util.Optional;

/**
 * The body of a request that starts a turn: with a new prompt, or with {@code regenerate} to answer the last prompt anew.
 *
 * @param messageId of the prompt
 */
record StartTurnJson(Optional<TurnId> id, Optional<String> text, Optional<MessageId> messageId,
        Optional<Boolean> regenerate) {

    StartTurnJson {
        text.ifPresent(Message::requireText);
        if (!regenerate.orElse(false)) {
            if (text.isEmpty()) {
                throw new InvalidValue("text", "is missing");
            }
        } else if (text.isPresent()) {
            throw new InvalidValue("text", "must not be given together with regenerate");
        } else if (messageId.isPresent()) {
            throw new InvalidValue("messageId", "must not be given together with regenerate");
        }
    }

    Start start(IdempotencyKey key) {
        RequestedId named = key.unless(id.map(TurnId::value), TurnIdReused.class);
        return text.<Start>map(
                prompt -> new Start.Prompt(named, IdempotencyKey.without(messageId.map(MessageId::value)), prompt))
                .orElseGet(() -> new Start.Regeneration(named));
    }
}
