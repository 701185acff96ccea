package dev.confab.bootstrap.campaign;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TcpProxy;
import dev.confab.testsupport.postgres.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Two servers in processes of their own over one new database, which they reach through a proxy. */
final class Cluster implements AutoCloseable {
    private final Database database = TestPostgres.shared().newDatabase();
    private final TcpProxy proxy = TcpProxy.to(TestPostgres.shared());
    private final List<Instance> instances;

    private Cluster(String... more) {
        var settings = new ArrayList<>(List.of("--confab.persistence=jpa",
                "--spring.datasource.url=" + database.urlThrough(proxy),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password()));
        settings.addAll(List.of(more));
        // At the same time, so that both find no schema.
        instances = Stream.generate(() -> Instance.launch(settings)).limit(2).toList();
    }

    /** Returns when both serve. */
    static Cluster serving(String... settings) {
        var cluster = new Cluster(settings);
        try {
            cluster.instances.forEach(Instance::awaitServing);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Where a client goes, of as many as there may be: by turns to the one and the other. */
    Instance instance(int client) {
        return instances.get(client % instances.size());
    }

    List<Instance> instances() {
        return instances;
    }

    TcpProxy proxy() {
        return proxy;
    }

    /** {@code pg_terminate_backend} of every connection to the database. */
    void terminateConnections() {
        TestPostgres.shared().admin(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database.name() + "'");
    }

    @Override
    public void close() {
        try (database; proxy) {
            instances.forEach(Instance::close);
        }
    }
}
