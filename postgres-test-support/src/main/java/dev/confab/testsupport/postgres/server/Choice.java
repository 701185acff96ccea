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

    /** The end of a sentence: "embedded, because …". */
    String reason();

    /**
     * Starts the server, if it is one that we start.
     *
     * @throws RuntimeException if it cannot be started, or may lose what it says is committed
     */
    default Server start() {
        Server server = switch (this) {
            case Embedded _ -> EmbeddedServer.start();
            case Container container -> ContainerServer.start(container.image());
            case Existing existing -> new ExistingServer(Login.of(existing.url()));
        };
        try {
            Settings.demandDurability(server.login());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /** What the system properties of this JVM choose. */
    static Choice ofSystemProperties() {
        return of(System.getProperty(SERVER, ""), System.getProperty(IMAGE, ""), Docker::obstacleTo);
    }

    /** PostgreSQL's own programs, as processes of this machine. */
    record Embedded(String reason) implements Choice {
    }

    /** A container. */
    record Container(String image, String reason) implements Choice {
    }

    /** A server that runs already. */
    record Existing(String url, String reason) implements Choice {
    }

    /**
     * Chooses.
     *
     * @param server the value of {@link #SERVER}, empty if unset
     * @param image the value of {@link #IMAGE}, empty if unset
     * @param obstacle why there can be no container of an image, if so; asked only if nothing is forced
     * @throws IllegalArgumentException if {@code server} is something else
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
