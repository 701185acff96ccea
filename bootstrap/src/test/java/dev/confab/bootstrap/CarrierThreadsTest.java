package dev.confab.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class CarrierThreadsTest {
    private final String before = System.getProperty(CarrierThreads.SETTING);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(CarrierThreads.SETTING);
        } else {
            System.setProperty(CarrierThreads.SETTING, before);
        }
    }

    @Test
    void there_are_many_more_than_processors_of_a_small_machine() {
        System.clearProperty(CarrierThreads.SETTING);

        CarrierThreads.allowMany();

        assertThat(Integer.getInteger(CarrierThreads.SETTING)).isGreaterThanOrEqualTo(64)
                .isGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void a_number_that_is_set_stays() {
        System.setProperty(CarrierThreads.SETTING, "3");

        CarrierThreads.allowMany();

        assertThat(System.getProperty(CarrierThreads.SETTING)).isEqualTo("3");
    }
}
