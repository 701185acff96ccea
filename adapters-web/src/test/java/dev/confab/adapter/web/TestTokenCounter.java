package dev.confab.adapter.web;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.TokenCounter;
import java.util.Optional;

/** A token is a word; a message is one more. Nothing else has tokens. The model's name is the encoding's. */
final class TestTokenCounter implements TokenCounter {
    @Override
    public Encoding encoding(Optional<String> model) {
        return new Words(model.orElse("words"));
    }

    private record Words(String name) implements Encoding {
        @Override
        public int count(Message message, int limit) {
            return 1 + (message.text().isBlank() ? 0 : message.text().strip().split("\\s+").length);
        }

        @Override
        public int countWithoutMessages(Question question, int limit) {
            return 0;
        }
    }
}
