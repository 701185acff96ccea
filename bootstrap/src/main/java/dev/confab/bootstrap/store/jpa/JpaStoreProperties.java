package dev.confab.bootstrap.store.jpa;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The store on PostgreSQL, for many users and many instances; {@link dev.confab.adapter.persistence.jpa.JpaStoreSettings} says
 * the meaning of each setting. Spring Boot's {@code spring.datasource} names the database.
 *
 * @param startTimeout how long the start waits for a database that does not answer; zero to refuse at once
 */
@Validated
@ConfigurationProperties("confab.jpa")
public record JpaStoreProperties(@Min(1) @DefaultValue("16") int writeConnections,
        @Min(1) @DefaultValue("6") int readConnections,
        @DurationMin(millis = 1) @DefaultValue("3s") Duration lockTimeout,
        @DurationMin(millis = 1) @DefaultValue("5s") Duration statementTimeout,
        @Min(0) @DefaultValue("100000") int rememberedHeads,
        @DurationMin(millis = 1) @DefaultValue("5ms") Duration notifyEvery,
        @DurationMin(millis = 1) @DefaultValue("1s") Duration pollEvery,
        @DurationMin @DefaultValue("0s") Duration startTimeout) {
}
