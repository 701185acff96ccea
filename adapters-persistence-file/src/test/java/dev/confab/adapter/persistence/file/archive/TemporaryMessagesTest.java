package dev.confab.adapter.persistence.file.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemporaryMessagesTest {
    @Test
    void messages_are_the_same_each_time_they_are_read_and_their_file_goes_with_them() throws IOException {
        Set<Path> before = files();
        List<Message> added = IntStream.rangeClosed(1, 300)
                .mapToObj(n -> Samples.message(n, "line\r\nseparators\u2028" + n, n)).toList();
        try (var spooled = new TemporaryMessages().open()) {
            added.forEach(spooled::add);
            assertThat(files()).hasSize(before.size() + 1);
            assertThat(spooled.iterator().next()).isEqualTo(added.getFirst());
            for (int i = 0; i < 2; i++) {
                assertThat(spooled).containsExactlyElementsOf(added);
            }
        }
        assertThat(files()).isEqualTo(before);
    }

    private static Set<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("confab-import-"))
                    .collect(Collectors.toSet());
        }
    }
}
