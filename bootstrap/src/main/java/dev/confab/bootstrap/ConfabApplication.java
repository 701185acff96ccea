package dev.confab.bootstrap;

import dev.confab.bootstrap.archive.ArchiveWiring;
import dev.confab.bootstrap.command.CommandTree;
import dev.confab.bootstrap.command.ResultWriter;
import dev.confab.bootstrap.key.ApiKeyWiring;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.statistics.StatisticsWiring;
import dev.confab.bootstrap.store.StoreSelector;
import dev.confab.bootstrap.tracing.TracingWiring;
import java.io.PrintWriter;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Starts Confab. Apart from the store, which {@link StoreSelector} finds, every configuration class is listed here. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ConfabSettings.class)
@Import({StoreSelector.class, TurnWiring.class, UseCaseWiring.class, ApiKeyWiring.class, ArchiveWiring.class,
        StatisticsWiring.class, WebhookWiring.class, ImportJobWiring.class,
        WebWiring.class,
        OperationWiring.class, TracingWiring.class})
public class ConfabApplication {

    /** Runs the command that the arguments name: without one, the server, which runs until the process is stopped. */
    public static void main(String[] args) {
        CarrierThreads.watch();
        int status = new CommandTree(ConfabApplication.class, ResultWriter.ofStandardOutput(), errors()).run(args);
        if (status != CommandTree.SERVING) {
            System.exit(status);
        }
    }

    private static PrintWriter errors() {
        return new PrintWriter(System.err, true, System.err.charset());
    }
}
