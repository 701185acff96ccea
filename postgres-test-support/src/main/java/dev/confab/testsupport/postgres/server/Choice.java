package dev.confab.testsupport.postgres;

import java.util.Optional;
import java.util.function.Function;

/** Which server the tests use, and why. */
sealed interface Choice {
    /** The system property that forces a server: {@code embedded}, {@code testcontainers} or a JDBC URL. */
    String SERVER = "postgres";

    /** The system property that names the container's image. */
    String IMAGE = "postgres.image";

    String DEFAULT_IMAGE = "postgres:18-alpine";

    /** The end of a sentence: "embedded, because …". */
    String reason();

    /** PostgreSQL's own programs, as processes of this machine. */
    record Embedded(String reason) implements Choice {
    }

    /** A container. */
    record Container(String image, String reason) implements Choice {
    }

    /** A server that is there already. */
    record Existing(String url, String reason) implements Choice {
    }

    /**
     * Chooses.
     *
     * @param server the value of {@link #SERVER}, empty if unset
     * @param image the value of {@link #IMAGE}, empty if unset
     * @param obstacle why there can be no container of an image, if so; asked only if nothing is forced
     * @throws IllegalArgumentException if {@code server} is none of the three
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
                    forced + " is none of embedded, testcontainers, jdbc:postgresql:…");
        };
    }
}
