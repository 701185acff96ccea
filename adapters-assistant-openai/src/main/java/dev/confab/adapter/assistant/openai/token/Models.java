package dev.confab.adapter.assistant.openai.token;

import com.knuddels.jtokkit.api.EncodingType;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which encoding a model uses, by its name, as OpenAI's tiktoken lists them. A provider before the last slash, as in {@code
 * openai/gpt-4o}, and {@code ft:} of a fine-tuned model do not matter. The library's own table ends with the models of 2024.
 */
final class Models {
    private static final Pattern O200K = Pattern
            .compile("(gpt-4o|chatgpt-4o|gpt-4\\.1|gpt-4\\.5|gpt-5|gpt-oss|o1|o3|o4)([-.:].*)?");
    private static final Pattern CL100K = Pattern.compile("(gpt-4|gpt-3\\.5-turbo|gpt-35-turbo)([-:].*)?");

    private Models() {
    }

    /** Empty for a model whose encoding is not known. */
    static Optional<EncodingType> encoding(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        String base = name.startsWith("ft:") ? name.substring(3) : name;
        if (O200K.matcher(base).matches()) {
            return Optional.of(EncodingType.O200K_BASE);
        }
        return CL100K.matcher(base).matches() ? Optional.of(EncodingType.CL100K_BASE) : Optional.empty();
    }
}
