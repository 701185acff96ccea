package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A database that cannot be served from is refused in a sentence, without a stack trace and without the password. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedDatabaseTest {
    private static final String PASSWORD = "s3cr3t-w0rd";

    @AutoClose
    private final Database database = TestPostgres.shared().newDatabase();

    @Test
    void none_is_named(CapturedOutput output) {
        refuses();

        says(output, "spring.datasource.url", "is not set", "--confab.persistence=file");
    }

    @Test
    void nobody_listens_there(CapturedOutput output) {
        refuses("--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/confab?password=" + PASSWORD);

        says(output, "cannot be reached", "127.0.0.1:1");
    }

    @Test
    void the_user_is_rejected(CapturedOutput output) {
        refuses("--spring.datasource.url=" + database.url(), "--spring.datasource.username=nobody",
                "--spring.datasource.password=" + PASSWORD);

        says(output, "nobody", "check username and password");
    }

    @Test
    void there_is_no_such_database(CapturedOutput output) {
        refuses("--spring.datasource.url=" + database.url() + "_too?user=" + database.username() + "&password="
                + database.password());

        says(output, database.name() + "_too", "create the database");
    }

    @Test
    void the_url_is_another_kinds(CapturedOutput output) {
        refuses("--spring.datasource.url=jdbc:mysql://localhost/confab?password=" + PASSWORD);

        says(output, "does not look like jdbc:postgresql://host:port/database");
    }

    @Test
    void the_password_stands_where_the_driver_takes_none(CapturedOutput output) {
        refuses("--spring.datasource.url=jdbc:postgresql://confab:" + PASSWORD + "@localhost/confab");

        says(output, "does not look like jdbc:postgresql://host:port/database");
    }

    @Test
    void the_url_is_malformed(CapturedOutput output) {
        refuses("--spring.datasource.url=jdbc:postgresql://a/b/c?password=" + PASSWORD);

        says(output, "does not look like jdbc:postgresql://host:port/database");
    }

    @Test
    void it_may_lose_acknowledged_commits(CapturedOutput output) {
        TestPostgres.shared().admin("ALTER DATABASE " + database.name() + " SET synchronous_commit = off");

        assertThatThrownBy(() -> RunningConfab.start(database).close()).isInstanceOf(Exception.class);

        says(output, "synchronous_commit off");
    }

    @Test
    void a_setting_is_out_of_range(CapturedOutput output) {
        refuses("--confab.jpa.write-connections=0", "--spring.datasource.password=" + PASSWORD);

        says(output, "confab.jpa.write-connections", "must be greater than or equal to 1");
    }

    private void refuses(String... arguments) {
        assertThatThrownBy(() -> RunningConfab.startOnJpa(arguments).close()).isInstanceOf(Exception.class);
    }

    private static void says(CapturedOutput output, String... parts) {
        assertThat(output).contains("APPLICATION FAILED TO START").contains(parts).doesNotContain("\tat ", PASSWORD);
    }
}
