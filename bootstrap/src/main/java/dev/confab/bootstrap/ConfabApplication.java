package dev.confab.bootstrap;

import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.bootstrap.store.StoreSelector;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
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
     * Runs until the process is stopped, or runs the command that the arguments name. Exits with code 1 if it cannot start. Reads
     * {@code application.properties} in the working directory, as every Spring Boot application does, and then the one beside the jar,
     * wherever it was started from.
     */
    public static void main(String[] args) {
        runCommand(args).ifPresent(System::exit);
        application(ConfabApplication.class).run(args);
    }

    /** Runs the command that the first argument without {@code --} names; returns its exit code, or empty when there is none. */
    public static OptionalInt runCommand(String... args) {
        List<String> words = new DefaultApplicationArguments(args).getNonOptionArgs();
        if (words.isEmpty()) {
            return OptionalInt.empty();
        }
        List<JarCommand> commands = SpringFactoriesLoader.forDefaultResourceLocation().load(JarCommand.class);
        for (JarCommand command : commands) {
            if (command.name().equals(words.getFirst())) {
                return OptionalInt.of(run(command, args));
            }
        }
        System.err.println("Unknown command \"" + words.getFirst() + "\". Known commands: "
                + commands.stream().map(JarCommand::name).collect(Collectors.joining(", "))
                + ". Without a command the server starts; settings begin with --.");
        return OptionalInt.of(JarCommand.WRONG_USAGE);
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
