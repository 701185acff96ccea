package dev.confab.bootstrap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.bootstrap.failure.CannotStart;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

class DemoInitializerTest {
    @TempDir
    Path directory;

    /** What the store does when the context closes it. */
    private AtClose atClose = environment -> {
    };

    private interface AtClose {
        void accept(Environment environment) throws SQLException;
    }

    @Test
    void the_settings_name_a_durable_server_that_keeps_its_data_between_runs() throws SQLException {
        String firstUrl;
        try (GenericApplicationContext first = demo()) {
            firstUrl = first.getEnvironment().getRequiredProperty("spring.datasource.url");
            assertThat(first.getEnvironment().getProperty("confab.persistence")).isEqualTo("jpa");
            assertThat(ask(first.getEnvironment(), "SHOW fsync")).isEqualTo("on");
            assertThat(ask(first.getEnvironment(), "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(first.getEnvironment(), "SHOW server_version")).startsWith("18.");
            ask(first.getEnvironment(), "CREATE TABLE kept AS SELECT 1 AS n; SELECT n FROM kept");
        }

        assertThatThrownBy(() -> DriverManager.getConnection(firstUrl, DemoServer.USER, ""))
                .isInstanceOf(SQLException.class);
        try (GenericApplicationContext second = demo()) {
            assertThat(ask(second.getEnvironment(), "SELECT n FROM kept")).isEqualTo("1");
        }
    }

    @Test
    void the_server_outlives_the_beans() {
        AtomicReference<String> answer = new AtomicReference<>();
        atClose = environment -> answer.set(ask(environment, "SELECT 'still there'"));

        demo().close();

        assertThat(answer).hasValue("still there");
    }

    @Test
    void a_second_confab_is_refused_because_the_directory_is_in_use() {
        try (GenericApplicationContext first = demo()) {
            assertThat(first.isRunning()).isTrue();
            assertThatThrownBy(this::demo).isInstanceOf(CannotStart.class).hasMessageContaining("Another Confab");
        }
    }

    @Test
    void a_server_that_a_killed_confab_left_behind_is_stopped() throws Exception {
        Path data = directory.resolve("data");
        try (EmbeddedPostgres left = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false)
                .start()) {
            DemoServer.stopLeftBehind(data);

            assertThatThrownBy(() -> left.getPostgresDatabase().getConnection()).isInstanceOf(SQLException.class);
            assertThat(data.resolve("postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void without_the_profile_nothing_starts() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            new DemoInitializer().initialize(context);

            assertThat(context.getEnvironment().containsProperty("spring.datasource.url")).isFalse();
        }
    }

    @Test
    void without_the_library_one_sentence_names_it() {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment().setActiveProfiles("demo");
            context.setClassLoader(new FilteredClassLoader(EmbeddedPostgres.class));

            assertThatThrownBy(() -> new DemoInitializer().initialize(context))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage(
                            "The profile demo needs the embedded PostgreSQL, which the packaged jar does not contain.");
        }
    }

    private GenericApplicationContext demo() {
        GenericApplicationContext context = new GenericApplicationContext();
        context.getEnvironment().setActiveProfiles("demo");
        context.getEnvironment().getPropertySources().addFirst(
                new MapPropertySource("test", Map.of("confab.demo.directory", directory.toString())));
        new DemoInitializer().initialize(context);
        // Only a refreshed context destroys beans when it closes.
        context.registerBean("store", DisposableBean.class, () -> () -> atClose.accept(context.getEnvironment()));
        context.refresh();
        return context;
    }

    private static String ask(Environment environment, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.datasource.username"),
                environment.getRequiredProperty("spring.datasource.password"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            while (statement.getResultSet() == null) {
                statement.getMoreResults();
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
