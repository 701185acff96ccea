package dev.confab.bootstrap;

import dev.confab.application.Conversations;
import dev.confab.bootstrap.operation.LoopbackOnly;
import dev.confab.bootstrap.operation.Retention;
import dev.confab.bootstrap.operation.StartLine;
import dev.confab.bootstrap.operation.StoreName;
import java.time.Duration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

/** How the service runs, whatever the store. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class OperationWiring {
    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    @Bean
    LoopbackOnly loopbackOnly(ServerProperties server, ManagementServerProperties management) {
        return new LoopbackOnly(server.getAddress(), management.getAddress());
    }

    @Bean
    StartLine startLine(ServerProperties server, StoreName store) {
        return new StartLine(server, store);
    }

    @Bean
    Retention retention(Conversations conversations, ConfabSettings settings) {
        return new Retention(conversations, settings.retention());
    }

    /** Purges at the start and every hour, by the clock of one run's end. */
    @Bean
    SchedulingConfigurer hourlyPurge(Retention retention) {
        return tasks -> tasks.addFixedDelayTask(retention::purge, PURGE_EVERY);
    }
}
