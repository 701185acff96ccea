package dev.confab.testsupport.postgres.server;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks Docker's command line whether a container can be started. Without a reachable registry, Testcontainers would need minutes to find out.
 */
final class Docker {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PULL = Duration.ofMinutes(5);

    private Docker() {
    }

    /** The reason why no container of this image can be started; empty if one can. Pulls the image if Docker does not have it. */
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
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(limit);
            process.destroy();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            // The command does not exist.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
