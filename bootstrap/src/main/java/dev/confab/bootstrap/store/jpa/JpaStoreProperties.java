package dev.confab.bootstrap.store.jpa;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The store on PostgreSQL, for many users and many instances. Spring Boot's {@code spring.datasource} names the database.
 *
 * @param writeConnections how many connections commits share
 * @param readConnections how many connections reads share
 * @param lockTimeout how long a write waits for other writes to its conversation, in this instance and in the database; also how
 *     long any call waits for a connection
 * @param statementTimeout how long one SQL statement may take
 * @param rememberedHeads how many conversations are cached, so that a write to one of them need not read it first
 * @param notifyEvery commits within this time share one notification to the other instances
 * @param pollEvery how often the change feed looks for commits for which it received no notification
 */
@Validated
@ConfigurationProperties("confab.jpa")
public record JpaStoreProperties(@Min(1) @DefaultValue("16") int writeConnections,
        @Min(1) @DefaultValue("6") int readConnections,
        @DurationMin(millis = 1) @DefaultValue("3s") Duration lockTimeout,
        @DurationMin(millis = 1) @DefaultValue("5s") Duration statementTimeout,
        @Min(0) @DefaultValue("100000") int rememberedHeads,
        @DurationMin(millis = 1) @DefaultValue("5ms") Duration notifyEvery,
        @DurationMin(millis = 1) @DefaultValue("1s") Duration pollEvery) {
}
