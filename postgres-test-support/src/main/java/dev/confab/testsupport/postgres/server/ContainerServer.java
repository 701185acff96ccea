package dev.confab.testsupport.postgres.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** A container. Its port is chosen before it starts, because Docker would choose another one at a restart. */
record ContainerServer(PostgreSQLContainer container) implements PostgresServer {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    static ContainerServer start(String image) {
        Stream<String> settings = Settings.REQUIRED.entrySet().stream()
                .flatMap(setting -> Stream.of("-c", setting.getKey() + "=" + setting.getValue()));
        var container = new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
                .withCommand(Stream.concat(Stream.of("postgres"), settings).toArray(String[]::new));
        container.setPortBindings(List.of(freePort() + ":" + PostgreSQLContainer.POSTGRESQL_PORT));
        container.start();
        return new ContainerServer(container);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        // By TCP: images differ in the directory of their Unix socket.
        Wait.forSuccessfulCommand("pg_isready -h localhost").withStartupTimeout(TIME_LIMIT).waitUntilReady(container);
    }

    @Override
    public void close() {
        container.stop();
    }
}
