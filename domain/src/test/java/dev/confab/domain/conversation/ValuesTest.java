package dev.confab.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static final String FAMILY = "👨‍👩‍👧";
    private static final MessageId MESSAGE = new MessageId(new UUID(2, 1));

    @Test
    void a_title_has_1_to_200_code_points_however_many_chars() {
        assertThat(new Title("😀".repeat(200)).value()).hasSize(400);
        assertThat(new Title("a")).hasToString("a");
        assertRefused("title", () -> new Title("😀".repeat(201)));
        assertRefused("title", () -> new Title("a".repeat(201)));
        assertRefused("title", () -> new Title(""));
    }

    @Test
    void an_owner_has_1_to_200_characters() {
        assertThat(new OwnerId("o".repeat(200)).value()).hasSize(200);
        assertRefused("owner", () -> new OwnerId("o".repeat(201)));
        assertRefused("owner", () -> new OwnerId(""));
    }

    @Test
    void metadata_has_at_most_16_pairs() {
        assertThat(new Metadata(pairs(16)).pairs()).hasSize(16);
        assertRefused("metadata", () -> new Metadata(pairs(17)));
    }

    @Test
    void a_metadata_key_has_1_to_64_and_a_value_0_to_512_characters() {
        assertThat(new Metadata(Map.of("k".repeat(64), "v".repeat(512), "empty", "")).pairs()).hasSize(2);
        assertRefused("metadata", () -> new Metadata(Map.of("", "v")));
        assertRefused("metadata", () -> new Metadata(Map.of("k".repeat(65), "v")));
        assertRefused("metadata", () -> new Metadata(Map.of("k", "v".repeat(513))));
    }

    @Test
    void metadata_is_sorted_and_copied_S11() {
        var given = new HashMap<>(Map.of("b", "2", "a", "1", "c", "3"));
        var metadata = new Metadata(given);
        given.put("d", "4");

        assertThat(metadata.pairs().keySet()).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> metadata.pairs().put("e", "5")).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\0", "\uD83D", "\uDE00", "a\uD83D", "\uD83Da", "\uDE00\uD83D",
            "\uD83D\uD83D\uDE00"})
    void nul_and_lone_surrogates_are_refused_everywhere_S14(String malformed) {
        assertRefused("title", () -> new Title(malformed));
        assertRefused("owner", () -> new OwnerId(malformed));
        assertRefused("metadata", () -> new Metadata(Map.of(malformed, "v")));
        assertRefused("metadata", () -> new Metadata(Map.of("k", malformed)));
        assertRefused("text", () -> MessageDraft.of(MESSAGE, Role.USER, malformed));
        assertRefused("data", () -> new MessageDraft(MESSAGE, Role.USER, "", Optional.of(malformed), Metadata.EMPTY));
        assertRefused("text", () -> message(malformed, Optional.empty()));
        assertRefused("data", () -> message("", Optional.of(malformed)));
    }

    @Test
    void a_malformed_text_is_refused_with_its_offset() {
        assertThatThrownBy(() -> new Title("😀a\uDE00")).hasMessage("title: contains a lone surrogate at offset 3");
        assertThatThrownBy(() -> new Title("ab\0")).hasMessage("title: contains U+0000 at offset 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFFFF\uFFFE", "e\u0301\u0323", "שלום \u202E abc", "\u0001\u001F\r\n\t", FAMILY})
    void other_text_is_passed_on_unchanged(String text) {
        assertThat(MessageDraft.of(MESSAGE, Role.USER, text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "😀"})
    void a_text_has_at_most_1_MiB_and_data_64_KiB_of_UTF_8_to_the_byte(String unit) {
        String text = filled(unit, Message.MAX_TEXT_BYTES);
        String data = filled(unit, Message.MAX_DATA_BYTES);

        assertThatCode(() -> new MessageDraft(MESSAGE, Role.USER, text, Optional.of(data), Metadata.EMPTY))
                .doesNotThrowAnyException();
        assertThatCode(() -> message(text, Optional.of(data))).doesNotThrowAnyException();
        assertRefused("text", () -> MessageDraft.of(MESSAGE, Role.USER, text + "x"));
        assertRefused("text", () -> message(text + "x", Optional.empty()));
        assertRefused("data", () -> new MessageDraft(MESSAGE, Role.USER, "", Optional.of(data + "x"), Metadata.EMPTY));
        assertRefused("data", () -> message("", Optional.of(data + "x")));
    }

    @Test
    void the_length_in_UTF_8_equals_that_of_the_encoded_text() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            String text = random.ints(random.nextInt(20), 1, Character.MAX_CODE_POINT + 1)
                    .map(c -> random.nextBoolean() ? c : c % 0x900 + 1).filter(c -> c < 0xD800 || c > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();

            assertThat(TextRules.utf8Length(text)).as("seed %d, round %d", seed, round)
                    .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @Test
    void a_message_weighs_its_bytes_and_256() {
        var metadata = new Metadata(Map.of("ké", "€"));
        var message = new Message(MESSAGE, 1, Role.TOOL, "😀", Optional.of("{}"), metadata, Instant.EPOCH,
                Optional.empty(), Version.FIRST, Digest.of("test").build());

        assertThat(message.weight()).isEqualTo(256 + 4 + 2 + 3 + 3);
    }

    @Test
    void an_id_is_read_in_either_case_and_written_in_lower() {
        String text = "0195A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B";

        assertThat(ConversationId.parse(text)).hasToString(text.toLowerCase(java.util.Locale.ROOT))
                .isEqualTo(ConversationId.parse(text.toLowerCase(java.util.Locale.ROOT)));
        assertThat(MessageId.parse(text)).hasToString(text.toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1-1-1-1-1", "0195a1b2c3d47e5f8a9b0c1d2e3f4a5b", "0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5",
            "0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5bc", "0195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5g",
            "{195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5}", "00195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5",
            " 195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
            "-195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "٠195a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"})
    void anything_else_is_no_id(String text) {
        assertRefused("conversationId", () -> ConversationId.parse(text));
        assertRefused("messageId", () -> MessageId.parse(text));
    }

    @Test
    void ids_are_ordered_as_their_texts() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            var one = new UUID(random.nextLong(), random.nextLong());
            var other = new UUID(random.nextBoolean() ? one.getMostSignificantBits() : random.nextLong(),
                    random.nextLong());
            int textOrder = Integer.signum(one.toString().compareTo(other.toString()));

            assertThat(Integer.signum(new MessageId(one).compareTo(new MessageId(other)))).as("seed %d", seed)
                    .isEqualTo(textOrder);
            assertThat(Integer.signum(new ConversationId(one).compareTo(new ConversationId(other))))
                    .as("seed %d", seed).isEqualTo(textOrder);
        }
    }

    @Test
    void a_version_starts_at_1_and_never_overflows() {
        assertThat(Version.FIRST.next()).isEqualTo(new Version(2));
        assertRefused("version", () -> new Version(0));
        assertThat(new Version(Long.MAX_VALUE - 1).next()).isEqualTo(new Version(Long.MAX_VALUE));
        assertThat(new Version(Long.MAX_VALUE).next()).isEqualTo(new Version(Long.MAX_VALUE));
    }

    @Test
    void a_time_is_in_whole_milliseconds() {
        assertRefused("time", () -> Times.requireMillis(Instant.EPOCH.plusNanos(1)));
        assertThat(Times.requireMillis(Instant.EPOCH.plusMillis(1))).isEqualTo(Instant.ofEpochMilli(1));
    }

    @Test
    void a_time_is_in_the_years_that_every_store_can_hold() {
        Instant first = Instant.parse("0001-01-01T00:00:00Z");
        Instant last = Instant.parse("9999-12-31T23:59:59.999Z");
        assertThat(Times.requireMillis(first)).isEqualTo(first);
        assertThat(Times.requireMillis(last)).isEqualTo(last);
        assertRefused("time", () -> Times.requireMillis(first.minusMillis(1)));
        assertRefused("time", () -> Times.requireMillis(last.plusMillis(1)));
    }

    @Test
    void a_digest_distinguishes_every_field() {
        var one = MessageDraft.of(MESSAGE, Role.USER, "ab");

        assertThat(one.digest()).isEqualTo(MessageDraft.of(new MessageId(new UUID(9, 9)), Role.USER, "ab").digest())
                .isNotEqualTo(MessageDraft.of(MESSAGE, Role.TOOL, "ab").digest())
                .isNotEqualTo(new MessageDraft(MESSAGE, Role.USER, "ab", Optional.of(""), Metadata.EMPTY).digest())
                .isNotEqualTo(new MessageDraft(MESSAGE, Role.USER, "a", Optional.of("b"), Metadata.EMPTY).digest())
                .isNotEqualTo(
                        new MessageDraft(MESSAGE, Role.USER, "ab", Optional.empty(), new Metadata(Map.of("a", "")))
                                .digest());
        assertThat(Digest.of("a").field("bc").build()).isNotEqualTo(Digest.of("a").field("b").field("c").build())
                .isNotEqualTo(Digest.of("ab").field("c").build());
        assertThat(Digest.of("a").field(Optional.empty()).build())
                .isNotEqualTo(Digest.of("a").field(Optional.of("")).build());
        assertThat(Digest.of("a").field(Optional.empty()).field(Optional.of("x")).build())
                .isNotEqualTo(Digest.of("a").field(Optional.of("x")).field(Optional.empty()).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "zz0000000000000000000000000000000000000000000000000000000000000000"})
    void a_digest_has_64_hexadecimal_digits(String hex) {
        assertRefused("digest", () -> new Digest(hex));
    }

    private static void assertRefused(String field, ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOfSatisfying(InvalidValue.class,
                invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    private static Message message(String text, Optional<String> data) {
        return new Message(MESSAGE, 1, Role.USER, text, data, Metadata.EMPTY, Instant.EPOCH, Optional.empty(),
                Version.FIRST, Digest.of("test").build());
    }

    /** So many bytes of UTF-8: of the unit, and of "a" for what is left. */
    private static String filled(String unit, int bytes) {
        int size = unit.getBytes(StandardCharsets.UTF_8).length;
        return unit.repeat(bytes / size) + "a".repeat(bytes % size);
    }

    private static Map<String, String> pairs(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "key" + i, i -> "value"));
    }
}
