package dev.confab.bootstrap;

import dev.confab.application.Conversations;
import dev.confab.application.Sessions;
import dev.confab.bootstrap.UseCaseWiring.Ports;
import dev.confab.bootstrap.operation.DeadThreads;
import dev.confab.bootstrap.operation.Retention;
import dev.confab.bootstrap.operation.SessionSweep;
import dev.confab.bootstrap.operation.StartLine;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreInfo;
import dev.confab.domain.port.ApiKeyStore;
import java.time.Duration;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

/** Everything that runs beside the requests, with any store. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class OperationWiring {
    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    @Bean(initMethod = "watch", destroyMethod = "close")
    DeadThreads deadThreads(ApplicationEventPublisher publisher) {
        return new DeadThreads(publisher, Runtime.getRuntime()::halt);
    }

    @Bean
    StartLine startLine(ServerProperties server, StoreInfo store) {
        return new StartLine(server, store);
    }

    @Bean
    Retention retention(Conversations conversations, ApiKeyStore keys, Ports ports, ConfabSettings settings) {
        return new Retention(conversations, keys, ports.clock(), settings.retention());
    }

    /** Purges at the start, and then always an hour after the last purge ended. */
    @Bean
    SchedulingConfigurer hourlyPurge(Retention retention) {
        return tasks -> tasks.addFixedDelayTask(retention::purge, PURGE_EVERY);
    }

    @Bean
    SchedulingConfigurer sweep(Sessions sessions, ConfabSettings settings) {
        var sweep = new SessionSweep(sessions);
        return tasks -> tasks.addFixedDelayTask(sweep::sweep, settings.session().sweepEvery());
    }
}
