package dev.confab.bootstrap.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JugIdsTest {
    /** RFC 9562, appendix A.4. */
    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    private final JugIds ids = new JugIds();

    @Test
    void new_ids_are_of_version_7_and_ascend() {
        var made = Stream.generate(ids::next).limit(10_000).map(UUID::toString).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.charAt(14) == '7');
    }

    @Test
    void the_id_of_a_name_is_that_of_the_RFC() {
        assertThat(ids.named(DNS, "www.example.com"))
                .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
    }
}
