package dev.confab.bootstrap.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Where a command prints, and how it starts the application with the settings of this run. */
public final class CommandContext {
    private final List<String> settings;
    private final PrintWriter out;
    private final PrintWriter err;

    CommandContext(List<String> settings, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /** For results. */
    public PrintWriter out() {
        return out;
    }

    /** Whether the results still have a reader: {@code head} closes the pipe when it has read enough. */
    public boolean hasReader() {
        return !out.checkError();
    }

    /** For everything else. */
    public PrintWriter err() {
        return err;
    }

    /** Starts the application, which runs until the process is stopped. */
    void serve(Class<?> application) {
        application(application, Map.of()).run(settings.toArray(String[]::new));
    }

    /** Gives the action the beans of this configuration, without a web server, and closes them afterwards. */
    public void withBeans(Class<?> configuration, Consumer<ApplicationContext> action) {
        // A failure is reported by the command tree, and not by Spring Boot too.
        var application = application(configuration, Map.of("logging.level.org.springframework.boot.diagnostics", "OFF",
                "logging.level.org.springframework.boot.SpringApplication", "OFF"));
        application.setWebApplicationType(WebApplicationType.NONE);
        // The log goes to the standard error, so that a program can read the results.
        PrintStream standardOutput = System.out;
        System.setOut(System.err);
        try (var context = application.run(settings.toArray(String[]::new))) {
            action.accept(context);
        } finally {
            System.setOut(standardOutput);
        }
    }

    /** Gives the action the settings of the server, and no beans. */
    public void withSettings(Consumer<Environment> action) {
        withBeans(SettingsOnly.class, context -> action.accept(context.getEnvironment()));
    }

    /**
     * Reads {@code application.properties} in the working directory, as every Spring Boot application does, and then the one beside the
     * jar, wherever it was started from.
     */
    private static SpringApplication application(Class<?> source, Map<String, Object> defaults) {
        var application = new SpringApplication(source);
        var besideTheJar = new ApplicationHome(CommandContext.class).getDir().toURI();
        var all = new HashMap<>(defaults);
        all.put("spring.config.additional-location", "optional:" + besideTheJar);
        application.setDefaultProperties(all);
        return application;
    }

    /** A configuration without beans. */
    private static final class SettingsOnly {
    }
}
