package dev.confab.bootstrap;

import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreSelector;
import java.util.Map;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Starts Confab. Apart from the store, which {@link StoreSelector} finds, every configuration class is listed here. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ConfabSettings.class)
@Import({StoreSelector.class, TurnWiring.class, UseCaseWiring.class, WebWiring.class, OperationWiring.class})
public class ConfabApplication {

    /**
     * Runs until the process is stopped. Exits with code 1 if it cannot start. Reads {@code application.properties} in the working
     * directory, as every Spring Boot application does, and then the one beside the jar, wherever it was started from.
     */
    public static void main(String[] args) {
        SpringFactoriesLoader.forDefaultResourceLocation().load(JarCommand.class).stream()
                .filter(command -> args.length > 0 && args[0].equals(command.name())).findFirst()
                .ifPresent(command -> System.exit(run(command, args)));
        application(ConfabApplication.class).run(args);
    }

    /** Runs the command with the settings of the server, and without its beans. */
    private static int run(JarCommand command, String[] args) {
        var application = application(SettingsOnly.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (var context = application.run(args)) {
            var words = context.getBean(ApplicationArguments.class).getNonOptionArgs();
            return command.run(words.subList(1, words.size()), context.getEnvironment());
        }
    }

    private static SpringApplication application(Class<?> source) {
        var application = new SpringApplication(source);
        var besideTheJar = new ApplicationHome(ConfabApplication.class).getDir().toURI();
        application.setDefaultProperties(Map.of("spring.config.additional-location", "optional:" + besideTheJar));
        return application;
    }

    /** A context without beans. */
    private static final class SettingsOnly {
    }
}
