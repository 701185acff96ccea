package dev.confab.adapter.assistant.openai.token;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingResult;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.function.Consumer;

/** An encoding that shows the texts that it counts. Other methods throw, so that none gets a text that is not shown. */
record ObservedEncoding(Encoding encoding, Consumer<String> texts) implements Encoding {
    @Override
    public int countTokensOrdinary(String text) {
        texts.accept(text);
        return encoding.countTokensOrdinary(text);
    }

    @Override
    public IntArrayList encode(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EncodingResult encode(String text, int maxTokens) {
        throw new UnsupportedOperationException();
    }

    @Override
    public IntArrayList encodeOrdinary(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EncodingResult encodeOrdinary(String text, int maxTokens) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int countTokens(String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String decode(IntArrayList tokens) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] decodeBytes(IntArrayList tokens) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getName() {
        return encoding.getName();
    }
}
