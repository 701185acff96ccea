package dev.confab.bootstrap.endtoend;

import dev.confab.bootstrap.ConfabApplication;
import dev.confab.testsupport.postgres.Database;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Confab in this process, on a free port. */
final class RunningConfab implements AutoCloseable {
    private static final String LOCK_TIMEOUT = "--confab.jpa.lock-timeout";

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    private RunningConfab(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningConfab start(Path directory, String... more) {
        var arguments = new ArrayList<>(List.of("--server.port=0", "--confab.file.directory=" + directory));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    /** On files, with a bean of the test's own. */
    static RunningConfab startWith(Class<?> bean, Path directory, String... more) {
        var arguments = new ArrayList<>(List.of("--server.port=0", "--confab.file.directory=" + directory));
        arguments.addAll(List.of(more));
        return new RunningConfab(new SpringApplicationBuilder(ConfabApplication.class, bean)
                .run(arguments.toArray(String[]::new)));
    }

    /** On a database, with a directory that must not be made. */
    static RunningConfab start(Database database, String... more) {
        return startOnJpa(settings(database, more).toArray(String[]::new));
    }

    /**
     * With few connections, because to open those of the defaults takes the database longer than the rest of the start; and with patience, unless
     * {@code more} says otherwise, because the machine may be slow.
     */
    static List<String> settings(Database database, String... more) {
        var settings = new ArrayList<>(login(database));
        settings.addAll(List.of("--confab.jpa.write-connections=4", "--confab.jpa.read-connections=3"));
        settings.addAll(List.of(more));
        if (settings.stream().noneMatch(setting -> setting.startsWith(LOCK_TIMEOUT))) {
            settings.add(LOCK_TIMEOUT + "=60s");
        }
        return settings;
    }

    static List<String> login(Database database) {
        return List.of("--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.username(),
                "--spring.datasource.password=" + database.password());
    }

    /** On the database that the arguments name. */
    static RunningConfab startOnJpa(String... more) {
        var arguments = new ArrayList<>(List.of("--server.port=0", "--confab.persistence=jpa",
                "--confab.file.directory=target/not-made"));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private static RunningConfab run(List<String> arguments) {
        return new RunningConfab(
                new SpringApplicationBuilder(ConfabApplication.class).run(arguments.toArray(String[]::new)));
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json) throws Exception {
        return http.send(request(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build(), BodyHandlers.ofString());
    }

    int delete(String path) throws Exception {
        return http.send(request(path).DELETE().build(), BodyHandlers.discarding()).statusCode();
    }

    HttpResponse<InputStream> open(String path) throws Exception {
        return http.send(request(path).build(), BodyHandlers.ofInputStream());
    }

    /** Any call, with names and values of headers in turn. A stream is left open. */
    HttpResponse<InputStream> call(String method, String path, String json, String... headers) throws Exception {
        var request = request(path).method(method,
                json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (!json.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path));
    }

    /** {@code http://127.0.0.1:<port>}. */
    String address() {
        return "http://127.0.0.1:" + ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
