package dev.confab.application.turn.context;

import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.TokenCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A token is a word; a message and the beginning of the answer are one more each. A tool has none. The model's name is the encoding's. */
public final class WordCounter implements TokenCounter {
    /** How many messages were counted. */
    public final AtomicInteger counted = new AtomicInteger();

    @Override
    public Encoding encoding(Optional<String> model) {
        return new Words(model.orElse("words"));
    }

    private final class Words implements Encoding {
        private final String name;

        private Words(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int count(Message message, int limit) {
            counted.incrementAndGet();
            return 1 + words(List.of(message.text()));
        }

        @Override
        public int countWithoutMessages(Question question, int limit) {
            var texts = new ArrayList<String>();
            question.instructions().ifPresent(texts::add);
            question.rounds().forEach(round -> {
                texts.add(round.text());
                round.calls().forEach(call -> texts.add(call.result().orElse("")));
            });
            return 1 + words(texts);
        }
    }

    private static int words(List<String> texts) {
        return texts.stream().mapToInt(text -> text.isBlank() ? 0 : text.strip().split("\\s+").length).sum();
    }
}
