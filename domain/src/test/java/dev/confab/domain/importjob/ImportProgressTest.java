package dev.confab.domain.importjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Origin;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Title;
import dev.confab.domain.importjob.ReportItem.Note;
import dev.confab.domain.importjob.ReportItem.OfConversation;
import dev.confab.domain.importjob.ReportItem.OfMessage;
import dev.confab.domain.importjob.ReportItem.Refused;
import dev.confab.domain.importjob.ReportItem.RefusedMessage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportProgressTest {
    private static final String HOSTILE = "a\tb\nc\r\n\\t\\ \0 \u00e4\ud83d\ude00";
    private static final ConversationId CONVERSATION = new ConversationId(new UUID(1, 2));
    private static final MessageId MESSAGE = new MessageId(new UUID(3, 4));
    private static final List<ReportItem> ITEMS = List.of(
            new OfMessage(CONVERSATION, MESSAGE, MessageOutcome.KEPT, HOSTILE),
            new OfConversation(CONVERSATION, Optional.of(new Title("a \\ title")),
                    Optional.of(new Origin(CONVERSATION, MESSAGE)), ConversationOutcome.EXTENDED, "place"),
            new OfConversation(CONVERSATION, Optional.empty(), Optional.empty(), ConversationOutcome.PRESENT, ""),
            new Refused(HOSTILE, HOSTILE), new RefusedMessage("", "why"), new Note(HOSTILE));

    @Test
    void items_come_back_as_they_were_written() {
        assertThat(ReportLines.read(ReportLines.write(ITEMS))).isEqualTo(ITEMS);
        assertThat(ReportLines.write(ITEMS)).doesNotContain("\0").hasLineCount(ITEMS.size());
        assertThat(ReportLines.read("")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> ReportLines.read("message\tx"));
    }

    @Test
    void halves_of_surrogate_pairs_are_replaced() {
        assertThat(ReportLines.read(ReportLines.write(List.of(new Note("a\ud83db"))))).containsExactly(new Note("a?b"));
    }

    @Test
    void progress_comes_back_as_it_was_written() {
        ImportProgress progress = ImportProgress.NONE.ofFormat("test").plus(ITEMS).plus(ITEMS);

        assertThat(ImportProgress.of(job(progress))).isEqualTo(progress);
        assertThat(ImportProgress.of(job(ImportProgress.NONE))).isEqualTo(ImportProgress.NONE);
        assertThat(progress.position()).isEqualTo(3);
        assertThat(progress.count(ConversationOutcome.EXTENDED)).isEqualTo(2);
        assertThat(progress.count(MessageOutcome.KEPT)).isEqualTo(2);
        assertThat(progress.refused() + progress.refusedMessages()).isEqualTo(4);
        assertThat(progress.highlights()).hasSize(6);
    }

    @Test
    void only_the_first_refusals_and_notes_are_highlights() {
        List<ReportItem> notes = IntStream.range(0, 50).mapToObj(i -> (ReportItem) new Note("note " + i)).toList();

        ImportProgress progress = ImportProgress.NONE.plus(notes);

        assertThat(progress.highlights()).isEqualTo(notes.subList(0, ImportProgress.MAX_HIGHLIGHTS));
    }

    private static ImportJob job(ImportProgress progress) {
        var parameters = new ImportParameters("name", Optional.empty(), Optional.empty(), Optional.empty(), false);
        return ImportJob.create(new ImportJobId(new UUID(5, 6)), new OwnerId("ann"), parameters, 0, "00".repeat(32),
                ImportQuota.NONE, Instant.EPOCH).running().withProgress(progress.text());
    }
}
