package dev.confab.adapter.persistence.contract.random;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStoreUnderTest;
import dev.confab.domain.ConfabException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Random commands are useful only if they lead to all kinds of responses. */
class RandomCommandsTest {

    @Test
    void random_commands_provoke_every_important_kind_of_response() {
        String all = LongStream.rangeClosed(1, 20).mapToObj(RandomCommandsTest::answers).collect(Collectors.joining());

        for (String kind : List.of("Running[", "AwaitingApproval[", "Completed[", "Cancelled[", "lease-expired",
                "TurnInProgress", "TurnFinished", "TurnSuperseded", "TurnNotFound", "CallNotFound", "SessionNotFound",
                "SessionIdReused", "Optional[SessionView[", "Optional[Turn[", "VersionConflict", "MessageIdReused",
                "ConversationNotFound")) {
            assertThat(all.contains(kind)).as(kind).isTrue();
        }
    }

    private static String answers(long seed) {
        var commands = new RandomCommands(new Random(seed));
        StoreUnderTest store = ReferenceStoreUnderTest.factory(ReferenceStore::new).open(Duration.ofSeconds(5));
        var answers = new StringBuilder();
        for (int step = 0; step < 200; step++) {
            try {
                answers.append(commands.next().run().apply(store));
            } catch (ConfabException | IllegalArgumentException e) {
                answers.append(e.getClass().getSimpleName()).append(e.getMessage());
            }
        }
        return answers.toString();
    }
}
