package dev.confab.adapter.persistence.contract.clause.read;

import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.sample.Samples;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationEvent.ConversationImported;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.IncompleteReason;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.Message.Author;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Times;
import dev.confab.domain.conversation.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** S14: whatever an import accepts can be read, changed, deleted and purged. */
public abstract class ImportsContract extends ContractTest {
    private static final int ATTEMPTS = 300;
    private static final IncompleteReason CUT = new IncompleteReason("cancelled");

    @Test
    void every_accepted_import_is_returned_and_can_be_changed_and_removed_S14() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        List<ConversationImported> accepted = new ArrayList<>();
        for (int i = 0; i < ATTEMPTS; i++) {
            randomImport(random).ifPresent(event -> {
                create(event);
                accepted.add(event);
            });
        }
        assertThat(accepted).as("seed " + seed).hasSizeGreaterThan(ATTEMPTS / 20).hasSizeLessThan(ATTEMPTS);

        nowAndAfterReopening(() -> accepted.forEach(event -> {
            assertThat(head(event.conversationId())).as("seed " + seed).isEqualTo(event.conversation());
            assertThat(messages(event.conversationId())).as("seed " + seed).isEqualTo(event.messages());
        }));
        for (ConversationImported event : accepted) {
            Message next = append(event.conversationId(), "next");
            assertThat(next.createdAt()).as("seed " + seed).isBefore(Samples.now().plus(Duration.ofDays(1)));
            delete(event.conversationId());
            purge(event.conversationId());
            assertThat(reader().find(event.conversationId(), now())).isEmpty();
        }
    }

    /** An import that mostly is nearly valid; empty when the domain rejects it. */
    private static Optional<ConversationImported> randomImport(Random random) {
        try {
            ConversationId id = Samples.newConversationId();
            int count = random.nextInt(4);
            Version version = version(random);
            List<Message> messages = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                boolean removed = random.nextInt(4) == 0;
                messages.add(new Message(Samples.newMessageId(), i + 1, i == 1 ? Role.ASSISTANT : Role.USER,
                        removed || random.nextBoolean() ? Optional.empty() : Optional.of(new Author("Ann")),
                        removed ? "" : "text " + i, Optional.empty(), Metadata.EMPTY, time(random),
                        random.nextBoolean() ? Optional.of(time(random)) : Optional.empty(),
                        removed ? Optional.of(time(random)) : Optional.empty(),
                        random.nextInt(4) > 0 ? version : version(random),
                        removed ? Message.REMOVED : Samples.digest("message " + i),
                        i == 1 && random.nextBoolean() ? Optional.of(CUT) : Optional.empty()));
            }
            Optional<Origin> origin = random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(new Origin(random.nextInt(4) == 0 ? id : Samples.newConversationId(),
                            Samples.newMessageId()));
            Instant createdAt = time(random);
            var head = new Conversation(id, ALICE, Optional.empty(), Metadata.EMPTY, version,
                    random.nextInt(8) == 0 ? count + 1 : count, createdAt,
                    random.nextBoolean() ? createdAt : time(random), Optional.empty(), Optional.empty(), origin,
                    Samples.digest("import " + id));
            return Optional.of(Conversation.importing(head, messages, Samples.now()));
        } catch (InvalidValue rejected) {
            return Optional.empty();
        }
    }

    private static Version version(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Version.FIRST;
            case 1 -> Version.HIGHEST_FIRST;
            case 2 -> random.nextInt(4) == 0 ? new Version(Long.MAX_VALUE) : new Version(3);
            default -> new Version(1 + random.nextInt(1_000));
        };
    }

    private static Instant time(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Times.EARLIEST;
            case 1 -> Instant.parse("1582-10-04T00:00:00Z");
            case 2 -> random.nextInt(8) == 0 ? Times.LATEST : Instant.EPOCH;
            case 3 -> Times.latestPlausible(Samples.now()).minusMillis(random.nextInt(3));
            default -> Samples.now().minusMillis(random.nextInt(1_000_000));
        };
    }
}
