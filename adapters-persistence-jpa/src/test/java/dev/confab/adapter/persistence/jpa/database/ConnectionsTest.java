package dev.confab.adapter.persistence.jpa.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.adapter.persistence.jpa.Connections;
import dev.confab.adapter.persistence.jpa.JpaStoreSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of databases in errors, without passwords. */
class ConnectionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db.example:5433/work                       | db.example:5433/work
            jdbc:postgresql://db.example/work?user=me&password=s3cret    | db.example:5432/work
            jdbc:postgresql:work                                         | localhost:5432/work
            'jdbc:postgresql://one:1,two/work?targetServerType=primary'  | 'one:1,two:5432/work'
            """)
    void the_address_is_hosts_ports_and_database_alone(String url, String address) {
        var settings = JpaStoreSettings.of(url, "me", "s3cret");

        assertThat(Connections.address(settings)).isEqualTo(address);
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://h/work?password=s3cret", "jdbc:postgresql://me:s3cret@h/work",
            "postgresql://h/work?password=s3cret", ""})
    void a_url_of_another_kind_is_refused_and_not_repeated_in_the_error(String url) {
        assertThatThrownBy(() -> Connections.unpooled(JpaStoreSettings.of(url, "me", "s3cret")))
                .isInstanceOf(DatabaseCannotServe.class).hasMessageNotContaining("s3cret");
    }
}
