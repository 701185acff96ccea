package dev.confab.adapter.web.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceStartTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void an_id_of_32_hex_digits_is_the_traces() {
        assertThat(TraceStart.of(Optional.of(TRACE)).id()).contains(TRACE);
        assertThat(TraceStart.of(Optional.empty()).id()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000000000000000000000000000", "4BF92F3577B34DA6A3CE929D0E0E4736",
            "4bf92f3577b34da6a3ce929d0e0e473", "4bf92f3577b34da6a3ce929d0e0e47360", "request-7", ""})
    void another_id_is_not(String id) {
        assertThat(TraceStart.of(Optional.of(id)).id()).isEmpty();
    }

    @Test
    void it_is_in_force_only_during_the_action() {
        var start = TraceStart.of(Optional.of(TRACE));

        assertThat(TraceStart.current()).isEmpty();
        assertThat(start.call(TraceStart::current)).contains(start);
        assertThat(TraceStart.current()).isEmpty();
    }
}
