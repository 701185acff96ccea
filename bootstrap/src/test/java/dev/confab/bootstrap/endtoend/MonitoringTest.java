package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard, the alert rules and the documentation name meters that exist. */
class MonitoringTest {
    private static final Pattern METER = Pattern.compile("\\b(?:confab|http_server|jvm)_[a-z_]+");
    private static final Path ROOT = Path.of("..");

    @TempDir
    Path directory;

    @AutoClose
    private final Database database = TestPostgres.shared().newDatabase();

    @Test
    void each_meter_that_is_named_is_exported_by_a_store() throws Exception {
        var exported = new TreeSet<String>();
        try (var onFiles = RunningConfab.start(directory)) {
            exported.addAll(exported(onFiles));
        }
        try (var onPostgres = RunningConfab.start(database)) {
            exported.addAll(exported(onPostgres));
        }

        assertThat(exported).containsAll(named("deploy/monitoring/grafana-dashboard.json"))
                .containsAll(named("deploy/monitoring/alerts.yaml"));
        // The table names a timer or a summary by what its samples have in common.
        assertThat(named("docs/operations.md"))
                .allMatch(name -> exported.stream().anyMatch(sample -> sample.startsWith(name)), "is exported");
    }

    private static Set<String> exported(RunningConfab confab) throws Exception {
        confab.post("/api/v1/conversations", "{}");
        confab.get("/api/v1/conversations");
        return confab.get("/actuator/prometheus").body().lines().filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0]).collect(Collectors.toSet());
    }

    private static Set<String> named(String file) throws IOException {
        Set<String> names = METER.matcher(Files.readString(ROOT.resolve(file))).results().map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(names).as(file).isNotEmpty();
        return names;
    }
}
