package dev.confab.testsupport.postgres.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks, by Docker's own command, whether a container can be started: where no registry is in reach, Testcontainers needs minutes to give up. */
final class Docker {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PULL = Duration.ofMinutes(5);

    private Docker() {
    }

    /** Why there can be no container of this image; empty if there can. Pulls the image if it has to. */
    static Optional<String> obstacleTo(String image) {
        if (!succeeds(ANSWER, "docker", "info")) {
            return Optional.of("no Docker engine answers");
        }
        boolean there = succeeds(ANSWER, "docker", "image", "inspect", image)
                || succeeds(PULL, "docker", "pull", "--quiet", image);
        return there ? Optional.empty() : Optional.of("Docker has no image " + image + " and cannot pull it");
    }

    private static boolean succeeds(Duration limit, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.destroy();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            // There is no such command.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
