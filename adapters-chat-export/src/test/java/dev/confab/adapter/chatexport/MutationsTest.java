package dev.confab.adapter.chatexport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.conversation.TextRules;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Damaged files: what is read of them is sound, the rest is refused with a reason, and nothing else is thrown. */
class MutationsTest {
    static final Map<String, Bytes> SEEDS = Seeds.all();
    static final Iterable<String> NAMES = SEEDS.keySet();

    @ParameterizedTest
    @FieldSource("NAMES")
    void a_damaged_file_is_reported_or_rejected(String name) {
        mutate(name, 200, 42);
    }

    @Tag("campaign")
    @ParameterizedTest
    @FieldSource("NAMES")
    void a_thousand_damaged_files_are_reported_or_rejected(String name) {
        mutate(name, 1_000, System.nanoTime());
    }

    private static void mutate(String name, int count, long seed) {
        var random = new Random(seed);
        for (int i = 0; i < count; i++) {
            long one = random.nextLong();
            Bytes file = new Mutator(new Random(one)).mutated(SEEDS.get(name));
            try {
                check(Export.of(file, Export.options("UTC", Optional.of(DateOrder.DMY))));
            } catch (ChatExportRejected rejected) {
                assertThat(rejected).hasMessageMatching("(?s).{10,}");
            } catch (RuntimeException | StackOverflowError | AssertionError e) {
                throw new AssertionError(name + " damaged with the seed " + one, e);
            }
        }
    }

    private static void check(Export export) {
        assertThat(export.chats.size() + export.refused.size()).isPositive();
        export.chats.forEach(chat -> {
            var before = new HashSet<String>();
            for (ExportedMessage message : chat.messages()) {
                assertThat(before).containsAll(message.parent().stream().toList());
                assertThat(before.add(message.id())).isTrue();
                String text = TextRules.text("text", message.text());
                String data = TextRules.text("data", message.data().orElse("{}"));
                assertThat(text).isNotNull();
                assertThat(data).isNotNull();
            }
            assertThat(chat.kept()).allSatisfy(kept -> assertThat(before).contains(kept.with()));
            assertThat(before).containsAll(chat.current().stream().toList());
        });
    }
}
