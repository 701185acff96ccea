package dev.confab.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.application.chatimport.job.ImportWorker;
import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ImportJobsPostgresTest extends ImportJobsContract {
    @AutoClose
    private final Database database = TestPostgres.shared().newDatabase();

    @Override
    RunningConfab start(String... settings) {
        return RunningConfab.start(database, settings);
    }

    @Test
    void of_two_instances_one_runs_a_job_and_both_report_it() throws Exception {
        try (var one = start(); var two = start()) {
            for (int round = 0; round < 3; round++) {
                String id = upload(round % 2 == 0 ? one : two, ImportChatsCommandTest.chatGpt(20 * (round + 1)));
                boolean isShared = false;
                JsonNode job = get(two, id);
                while (job.get("finishedAt").isNull()) {
                    isShared |= one.bean(ImportWorker.class).running() + two.bean(ImportWorker.class).running() > 1;
                    job = get(two, id);
                }
                assertThat(isShared).isFalse();
                assertThat(get(one, id)).isEqualTo(job);
                assertThat(job.get("conversations").get("imported").longValue()).isEqualTo(40);
                assertThat(job.get("conversations").get("present").longValue()).isEqualTo(40L * round);
            }
        }
    }

    @Test
    void another_instance_goes_on_with_the_job_of_one_that_ended() throws Exception {
        int chats = 400;
        try (var two = start("--confab.imports.max-running=0")) {
            String id;
            try (var one = start("--confab.imports.lease=6s")) {
                id = upload(two, ImportChatsCommandTest.chatGpt(chats));
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> get(two, id).get("conversations").get("imported").longValue() > 5);
                assertThat(one.bean(ImportWorker.class).running()).isOne();
            }
            assertThat(get(two, id).get("finishedAt").isNull()).isTrue();
            try (var three = start("--confab.imports.lease=6s")) {
                JsonNode job = ended(two, id);
                assertThat(three.bean(ImportWorker.class)).isNotNull();
                assertThat(job.get("conversations").toString())
                        .isEqualTo("{\"imported\":" + 2 * chats + ",\"extended\":0,\"present\":0}");
                assertThat(report(two, job)).hasSize(5 * chats);
            }
        }
    }
}
