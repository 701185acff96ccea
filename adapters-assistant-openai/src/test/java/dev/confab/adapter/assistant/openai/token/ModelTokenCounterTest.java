package dev.confab.adapter.assistant.openai.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.port.Assistant.Question;
import dev.confab.domain.port.Assistant.ToolDescription;
import dev.confab.domain.port.TokenCounter;
import dev.confab.domain.session.ContextVariables;
import dev.confab.domain.session.ToolCall;
import dev.confab.domain.session.ToolRound;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTokenCounterTest {
    private static final ModelTokenCounter COUNTER = new ModelTokenCounter(Optional.empty());
    private static final int NO_LIMIT = 10_000_000;
    /** Loads an encoding once: its dictionary has 200,000 entries. */
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();
    private static final Question NOTHING = new Question(Optional.empty(), Optional.empty(), ContextVariables.EMPTY,
            List.of(), List.of(), List.of());

    @ParameterizedTest
    @CsvSource({"gpt-4o, o200k_base", "gpt-4o-mini-2024-07-18, o200k_base", "chatgpt-4o-latest, o200k_base",
            "gpt-4.1-nano, o200k_base", "gpt-4.5-preview, o200k_base", "gpt-5, o200k_base", "gpt-5.1-mini, o200k_base",
            "o1, o200k_base", "o3-mini, o200k_base", "o4-mini, o200k_base", "openai/gpt-oss-120b, o200k_base",
            "gpt-oss:20b, o200k_base", "GPT-4o, o200k_base", "ft:gpt-4o:acme::1, o200k_base", "gpt-4, cl100k_base",
            "gpt-4-turbo, cl100k_base", "ft:gpt-3.5-turbo:acme, cl100k_base", "gpt-35-turbo, cl100k_base",
            "gpt-4.7, estimate", "o1x, estimate", "llama3.2:3b, estimate", "claude-sonnet-4-5, estimate",
            "'', estimate", "/, estimate"})
    void the_name_of_the_model_chooses_the_encoding(String model, String encoding) {
        assertThat(COUNTER.encoding(Optional.of(model)).name()).isEqualTo(encoding);
    }

    @Test
    void a_session_without_a_model_has_that_of_the_assistant() {
        assertThat(new ModelTokenCounter(Optional.of("gpt-4")).encoding(Optional.empty()).name())
                .isEqualTo("cl100k_base");
        assertThat(new ModelTokenCounter(Optional.of("gpt-4")).encoding(Optional.of("gpt-4o")).name())
                .isEqualTo("o200k_base");
        assertThat(COUNTER.encoding(Optional.empty()).name()).isEqualTo("estimate");
    }

    /** The example of OpenAI's cookbook, with the numbers of tokens that the API reported for it. */
    @ParameterizedTest
    @CsvSource({"gpt-4o, 124", "gpt-4, 129"})
    void messages_have_as_many_tokens_as_the_api_counts(String model, int tokens) {
        TokenCounter.Encoding encoding = COUNTER.encoding(Optional.of(model));
        List<Message> messages = List.of(
                message(Role.SYSTEM, "", "You are a helpful, pattern-following assistant that translates corporate "
                        + "jargon into plain English."),
                message(Role.SYSTEM, "example_user", "New synergies will help drive top-line growth."),
                message(Role.SYSTEM, "example_assistant", "Things working well together will increase revenue."),
                message(Role.SYSTEM, "example_user", "Let's circle back when we have more bandwidth to touch base on "
                        + "opportunities for increased leverage."),
                message(Role.SYSTEM, "example_assistant",
                        "Let's talk later when we're less busy about how to do better."),
                message(Role.USER, "", "This late pivot means we don't have time to boil the ocean for the client "
                        + "deliverable."));

        assertThat(messages.stream().mapToInt(message -> encoding.count(message, NO_LIMIT)).sum()
                + encoding.countWithoutMessages(NOTHING, NO_LIMIT)).isEqualTo(tokens);
    }

    @Test
    void a_message_that_is_not_sent_has_no_tokens() {
        TokenCounter.Encoding encoding = COUNTER.encoding(Optional.of("gpt-4o"));

        assertThat(encoding.count(message(Role.ASSISTANT, "", " "), NO_LIMIT)).isZero();
        assertThat(encoding.count(message(Role.SYSTEM, "", ""), NO_LIMIT)).isZero();
        assertThat(encoding.count(message(Role.USER, "", ""), NO_LIMIT)).isEqualTo(4);
    }

    @Test
    void the_calls_in_the_data_of_a_message_are_counted_and_other_data_are_not() {
        TokenCounter.Encoding encoding = COUNTER.encoding(Optional.of("gpt-4o"));
        String call = "{\"toolCalls\":[{\"id\":\"c\",\"name\":\"time\",\"arguments\":\"{\\\"zone\\\":\\\"UTC\\\"}\"}]}";

        int plain = encoding.count(message(Role.ASSISTANT, "", "Let me see."), NO_LIMIT);
        assertThat(encoding.count(withData("Let me see.", call), NO_LIMIT)).isBetween(plain + 12, plain + 20);
        assertThat(encoding.count(withData("", call), NO_LIMIT)).isBetween(16, 24);
        assertThat(encoding.count(withData("Let me see.", "{\"artifact\":\"" + "word ".repeat(1_000) + "\"}"),
                NO_LIMIT)).isEqualTo(plain);
    }

    @Test
    void instructions_variables_rounds_and_tools_are_counted() {
        TokenCounter.Encoding encoding = COUNTER.encoding(Optional.of("gpt-4o"));
        String words = "one two three four five six seven eight nine ten";
        var call = ToolCall.asked("c", "time", "{\"zone\":\"UTC\"}", false);
        assertThat(encoding.countWithoutMessages(NOTHING, NO_LIMIT)).isEqualTo(3);

        assertThat(counted(encoding, Optional.of(words), ContextVariables.EMPTY, List.of(), List.of())).isEqualTo(17);
        assertThat(counted(encoding, Optional.empty(), new ContextVariables("{\"a\":1}"), List.of(), List.of()))
                .isGreaterThan(12);
        assertThat(counted(encoding, Optional.empty(), ContextVariables.EMPTY, List.of(),
                List.of(new ToolDescription("time", words, "{}")))).isBetween(30, 38);
        int called = counted(encoding, Optional.empty(), ContextVariables.EMPTY,
                List.of(new ToolRound("", List.of(call))), List.of());
        assertThat(counted(encoding, Optional.empty(), ContextVariables.EMPTY,
                List.of(new ToolRound(words, List.of(call.withResult(words.repeat(2))))), List.of()))
                .isBetween(called + 20, called + 35);
    }

    private static int counted(TokenCounter.Encoding encoding, Optional<String> instructions, ContextVariables context,
            List<ToolRound> rounds, List<ToolDescription> tools) {
        return encoding.countWithoutMessages(
                new Question(instructions, Optional.empty(), context, List.of(), rounds, tools), NO_LIMIT);
    }

    @Test
    void tokens_of_an_unknown_model_are_a_third_of_the_bytes() {
        TokenCounter.Encoding encoding = COUNTER.encoding(Optional.of("llama3.2"));

        assertThat(encoding.count(message(Role.USER, "", "Hello, you"), NO_LIMIT)).isEqualTo(4 + 4);
        assertThat(encoding.count(message(Role.USER, "", "你好"), NO_LIMIT)).isEqualTo(4 + 2);
    }

    /** Long texts are counted in pieces, which must not change the number. */
    @ParameterizedTest
    @ValueSource(strings = {"The whale swam 42 miles, didn't it? ", "Der Wal schwamm über 42 Meilen. ",
            "Кит проплыл 42 мили, правда? ", "{\"key\": [1, 2.5, null]}, ", "word\n\n  indented ", "고래가 헤엄쳤다. ",
            "😀 smile 👩‍👩‍👧 family "})
    void pieces_have_as_many_tokens_as_the_whole_text(String part) {
        for (EncodingType type : List.of(EncodingType.O200K_BASE, EncodingType.CL100K_BASE)) {
            Encoding whole = ENCODINGS.getEncoding(type);
            String text = IntStream.range(0, 3 * BpeCounter.PIECE / part.length()).mapToObj(i -> part + i)
                    .collect(Collectors.joining());

            // Some parts have no word whose end a piece could have: then a piece ends somewhere.
            assertThat(new BpeCounter(() -> whole).count(text, NO_LIMIT)).isBetween(whole.countTokensOrdinary(text),
                    whole.countTokensOrdinary(text) + 9);
        }
        String prose = "The whale swam on and on ".repeat(1_000);
        Encoding whole = ENCODINGS.getEncoding(EncodingType.O200K_BASE);
        assertThat(new BpeCounter(() -> whole).count(prose, NO_LIMIT)).isEqualTo(whole.countTokensOrdinary(prose));
    }

    /** No time is measured: the texts that the library gets show that none of them is long, and that it stops at the limit. */
    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "_", "中", "😀", "\n"})
    void a_long_text_without_words_is_counted_in_pieces_up_to_the_limit(String letter) {
        var longest = new AtomicInteger();
        var pieces = new AtomicInteger();
        Encoding loaded = ENCODINGS.getEncoding(EncodingType.O200K_BASE);
        var counter = new BpeCounter(() -> new ObservedEncoding(loaded, text -> {
            longest.accumulateAndGet(text.length(), Math::max);
            pieces.incrementAndGet();
            assertThat(text).doesNotMatch("(?s)^[\\uDC00-\\uDFFF].*|.*[\\uD800-\\uDBFF]$");
        }));
        String text = letter.repeat(100_000 / letter.length());

        int tokens = counter.count(text, NO_LIMIT);

        assertThat(longest.get()).isLessThanOrEqualTo(BpeCounter.PIECE);
        assertThat(tokens).isBetween(loaded.countTokensOrdinary(text),
                loaded.countTokensOrdinary(text) + 3 * pieces.get());
        pieces.set(0);
        assertThat(counter.count(text, tokens / 4)).isGreaterThan(tokens / 4).isLessThan(tokens / 2);
        assertThat(pieces.get()).isLessThan(10);
    }

    @Test
    void texts_of_any_kind_are_counted() {
        var counter = new BpeCounter(() -> ENCODINGS.getEncoding(EncodingType.O200K_BASE));

        assertThat(counter.count("", NO_LIMIT)).isZero();
        assertThat(counter.count("<|endoftext|>", NO_LIMIT)).isGreaterThan(3);
        assertThat(counter.count("\u0000\uffff", NO_LIMIT)).isPositive();
        for (int length = BpeCounter.PIECE - 2; length < BpeCounter.PIECE + 3; length++) {
            assertThat(counter.count("x".repeat(length - 2) + " y", NO_LIMIT)).isPositive();
            assertThat(counter.count("x y ".repeat(BpeCounter.PIECE).substring(0, length), NO_LIMIT)).isPositive();
        }
    }

    private static Message withData(String text, String data) {
        return new Message(new MessageId(new UUID(0, 1)), 1, Role.ASSISTANT, text, Optional.of(data), Metadata.EMPTY,
                Instant.EPOCH, Optional.empty(), new Version(1), Digest.of("test").build());
    }

    /** @param author empty for none */
    private static Message message(Role role, String author, String text) {
        return new Message(new MessageId(new UUID(0, 1)), 1, role,
                author.isEmpty() ? Optional.empty() : Optional.of(new Author(author)), text, Optional.empty(),
                Metadata.EMPTY, Instant.EPOCH, Optional.empty(), Optional.empty(), new Version(1),
                Digest.of("test").build(), Optional.empty());
    }
}
