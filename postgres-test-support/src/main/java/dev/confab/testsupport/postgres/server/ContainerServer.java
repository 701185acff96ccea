package dev.confab.testsupport.postgres.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A container. Its port is chosen before it starts, since Docker would give it another one at a restart. */
final class ContainerServer implements Server {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private final String image;
    private final PostgreSQLContainer container;

    private ContainerServer(String image, PostgreSQLContainer container) {
        this.image = image;
        this.container = container;
    }

    static ContainerServer start(String image) {
        PortBinding port = new PortBinding(Ports.Binding.bindPort(freePort()),
                ExposedPort.tcp(PostgreSQLContainer.POSTGRESQL_PORT));
        PostgreSQLContainer container = new PostgreSQLContainer(
                DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                .withCreateContainerCmdModifier(
                        command -> Objects.requireNonNull(command.getHostConfig()).withPortBindings(port))
                .withCommand(command());
        container.start();
        return new ContainerServer(image, container);
    }

    private static String[] command() {
        List<String> command = new ArrayList<>(List.of("postgres"));
        Settings.REQUIRED.forEach((setting, value) -> command.addAll(List.of("-c", setting + "=" + value)));
        return command.toArray(String[]::new);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String kind() {
        return "a container of " + image;
    }

    @Override
    public Login login() {
        return new Login(container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                container.getDatabaseName(), container.getUsername(), container.getPassword());
    }

    @Override
    public void restartImmediately() {
        DockerClient docker = container.getDockerClient();
        String id = container.getContainerId();
        // The postmaster is the container's first process; SIGQUIT is its immediate shutdown.
        docker.killContainerCmd(id).withSignal("SIGQUIT").exec();
        docker.waitContainerCmd(id)
                .exec(new WaitContainerResultCallback())
                .awaitStatusCode(TIME_LIMIT.toSeconds(), TimeUnit.SECONDS);
        docker.startContainerCmd(id).exec();
        awaitConnection();
    }

    private void awaitConnection() {
        long deadline = System.nanoTime() + TIME_LIMIT.toNanos();
        while (true) {
            try {
                login().ask("SELECT 1");
                return;
            } catch (IllegalStateException e) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(kind() + " does not answer after its restart", e);
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    @Override
    public void close() {
        container.stop();
    }
}
