package dev.confab.adapter.assistant.openai.token;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.confab.domain.port.TokenCounter;
import java.util.Optional;

/** Counts with the encoding of the model: OpenAI's models have theirs, all others are estimated by length. */
public final class ModelTokenCounter implements TokenCounter {
    private static final String ESTIMATE = "estimate";

    /** Loads an encoding when it is first asked for it, and keeps it: some 25 MB. Safe for use by many threads. */
    private final EncodingRegistry encodings = Encodings.newLazyEncodingRegistry();
    private final Optional<String> defaultModel;

    /** @param defaultModel for sessions that name no model; empty if the assistant has none */
    public ModelTokenCounter(Optional<String> defaultModel) {
        this.defaultModel = defaultModel;
    }

    @Override
    public Encoding encoding(Optional<String> model) {
        return model.or(() -> defaultModel).flatMap(Models::encoding).map(this::exact)
                .orElseGet(() -> new ChatEncoding(ESTIMATE, TextCounter.BY_LENGTH));
    }

    private Encoding exact(EncodingType type) {
        return new ChatEncoding(type.getName(), new BpeCounter(() -> encodings.getEncoding(type)));
    }
}
