package dev.confab.testsupport.postgres.server;

import java.util.Optional;
import java.util.function.Function;

/** Which server the tests use, and why. */
public sealed interface Choice {
    /** The system property that forces a server: {@code embedded}, {@code testcontainers} or a JDBC URL. */
    String SERVER = "postgres";

    /** The system property that names the container's image. */
    String IMAGE = "postgres.image";

    String DEFAULT_IMAGE = "postgres:18-alpine";

    /** Completes the log line "PostgreSQL for tests: Embedded, because …". */
    String reason();

    /** PostgreSQL's own programs, as processes of this machine. */
    record Embedded(String reason) implements Choice {
    }

    /** A container of this image. */
    record Container(String image, String reason) implements Choice {
    }

    /** A server that is already running. */
    record Existing(String url, String reason) implements Choice {
    }

    /**
     * Starts the server, unless it is running already.
     *
     * @throws RuntimeException if it cannot be started, or could lose committed data
     */
    default PostgresServer start() {
        PostgresServer server = switch (this) {
            case Embedded _ -> EmbeddedServer.start();
            case Container container -> ContainerServer.start(container.image());
            case Existing existing -> new ExistingServer(Login.of(existing.url()));
        };
        try {
            Settings.requireDurability(server.login());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** The choice that this JVM's system properties make. */
    static Choice ofSystemProperties() {
        return of(System.getProperty(SERVER, ""), System.getProperty(IMAGE, ""), Docker::obstacleTo);
    }

    /**
     * Chooses a server.
     *
     * @param server the value of {@link #SERVER}, empty if unset
     * @param image the value of {@link #IMAGE}, empty if unset
     * @param obstacle returns why no container of an image can be started; called only if {@code server} is empty
     * @throws IllegalArgumentException if {@code server} has another value
     */
    static Choice of(String server, String image, Function<String, Optional<String>> obstacle) {
        String wanted = image.isEmpty() ? DEFAULT_IMAGE : image;
        String forced = "-D" + SERVER + "=" + server;
        if (server.startsWith("jdbc:postgresql:")) {
            return new Existing(server, "-D" + SERVER + " names it");
        }
        return switch (server) {
            case "embedded" -> new Embedded(forced);
            case "testcontainers" -> new Container(wanted, forced);
            case "" -> obstacle.apply(wanted)
                    .<Choice>map(Embedded::new)
                    .orElseGet(() -> new Container(wanted, "Docker has its image"));
            default -> throw new IllegalArgumentException(
                    forced + " must be embedded, testcontainers or jdbc:postgresql:…");
        };
    }
}
