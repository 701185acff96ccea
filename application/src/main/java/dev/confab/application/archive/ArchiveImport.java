package dev.confab.application.archive;

import dev.confab.application.Archives.Imported;
import dev.confab.application.Archives.Progress;
import dev.confab.application.archive.Comparison.Entry;
import dev.confab.application.conversation.StagedCreation;
import dev.confab.application.retry.RetryingConversationStore;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.archive.ArchiveLine.End;
import dev.confab.domain.archive.ArchiveLine.Missing;
import dev.confab.domain.archive.ContentDigest;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.conversation.ConversationIdReused;
import dev.confab.domain.conversation.ConversationInBin;
import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.port.ConversationTransaction;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.TransactionTooLarge;
import dev.confab.domain.session.Activity;
import dev.confab.domain.work.Restoration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes over the conversations of an archive, so that no reader sees a part of one: each in one transaction, or in several as {@link
 * StagedCreation} does it when it is too long for one.
 */
final class ArchiveImport implements ArchiveInput.Receiver {
    private final RetryingConversationStore store;
    private final StoredConversations stored;
    private final InstantSource clock;
    private final Progress progress;

    private Optional<Head> current = Optional.empty();
    /** Its messages, as long as one transaction can hold them. */
    private final List<Message> messages = new ArrayList<>();
    private long weight;
    /** Takes its messages when they are more than that. */
    private Optional<StagedCreation> staging = Optional.empty();
    /** Whether its messages need not be kept: it is stored already, or cannot be. */
    private boolean isSkipped;
    private boolean isInvalid;

    private long done;
    private long imported;
    private long equal;
    private final NamedIds conflicts = new NamedIds();
    private final NamedIds tooLarge = new NamedIds();
    private final NamedIds invalid = new NamedIds();
    private final NamedIds missing = new NamedIds();

    ArchiveImport(RetryingConversationStore store, StoredConversations stored, InstantSource clock,
            Progress progress) {
        this.store = store;
        this.stored = stored;
        this.clock = clock;
        this.progress = progress;
    }

    private record Head(Conversation conversation, Activity activity) {
    }

    /** Imports every conversation of the archive that can be read. */
    Imported run(ArchiveInput input) {
        try {
            boolean more = true;
            while (more) {
                more = input.next(this);
            }
            return report(Optional.empty());
        } catch (ArchiveDamaged damaged) {
            discard();
            return report(Optional.of(String.valueOf(damaged.getMessage())));
        }
    }

    private Imported report(Optional<String> damage) {
        return new Imported(imported, equal, conflicts.named(), tooLarge.named(), invalid.named(), missing.named(),
                damage);
    }

    @Override
    public void begin(Conversation head, Activity activity) {
        current = Optional.of(new Head(head, activity));
        messages.clear();
        weight = 0;
        staging = Optional.empty();
        isSkipped = false;
        isInvalid = false;
    }

    @Override
    public void message(Message message) {
        if (isSkipped) {
            return;
        }
        try {
            if (staging.isPresent()) {
                staging.get().add(message);
            } else {
                keep(message);
            }
        } catch (InvalidValue | IllegalArgumentException e) {
            isInvalid = true;
            discard();
            isSkipped = true;
        }
    }

    private void keep(Message message) {
        messages.add(message);
        weight += message.weight();
        if (weight > ConversationTransaction.MAX_CREATION_BYTES
                || messages.size() > ConversationTransaction.MAX_CREATION_MESSAGES) {
            staging = stage(current.orElseThrow());
            isSkipped = staging.isEmpty();
            staging.ifPresent(creation -> messages.forEach(creation::add));
            messages.clear();
        }
    }

    /** Empty when there is a conversation with this id. */
    private Optional<StagedCreation> stage(Head head) {
        // The head has the version and the times of its last change, so it names the messages too.
        Digest content = new ContentDigest(head.conversation(), head.activity()).build();
        var creation = new StagedCreation(store, clock, head.conversation(), content);
        try {
            return creation.begin(Optional.empty()).isPresent() ? Optional.empty() : Optional.of(creation);
        } catch (ConversationIdReused | ConversationInBin stored) {
            return Optional.empty();
        }
    }

    @Override
    public void end(End end, boolean isWhole) {
        Head head = current.orElseThrow();
        if (!isWhole || isInvalid) {
            invalid.add(end.id());
            discard();
        } else if (staging.isPresent()) {
            complete(staging.get(), head, end);
        } else if (!isKnown(end)) {
            takeOver(head, end);
        }
        messages.clear();
        done++;
        progress.done(done);
    }

    private void complete(StagedCreation creation, Head head, End end) {
        try {
            var made = creation.complete(Restoration.events(head.conversation(), head.activity(), clock.instant()));
            if (made.isNew()) {
                imported++;
            } else if (!isKnown(end)) {
                conflicts.add(end.id());
            }
        } catch (TransactionTooLarge e) {
            tooLarge.add(end.id());
            discard();
        } catch (InvalidValue | IllegalArgumentException e) {
            invalid.add(end.id());
            discard();
        }
    }

    private void takeOver(Head head, End end) {
        if (isSkipped) {
            // It was there for a moment only.
            conflicts.add(end.id());
            return;
        }
        List<Message> all = List.copyOf(messages);
        Instant now = clock.instant();
        try {
            boolean recorded = store.transactRepeatable(end.id(), tx -> {
                if (tx.find().isPresent()) {
                    return false;
                }
                Restoration.record(tx, head.conversation(), head.activity(), all, now);
                return true;
            });
            if (recorded) {
                imported++;
            } else if (!isKnown(end)) {
                // It was there for a moment only.
                conflicts.add(end.id());
            }
        } catch (TransactionTooLarge e) {
            tooLarge.add(end.id());
        } catch (InvalidValue | IllegalArgumentException e) {
            invalid.add(end.id());
        }
    }

    /** Whether there is a conversation with this id. An earlier import of the same archive may have taken it over. */
    private boolean isKnown(End end) {
        Optional<Entry> there = StoreContents.entry(stored, end.id());
        if (there.isEmpty()) {
            return false;
        }
        if (there.get().digest().filter(end.digest()::equals).isPresent()) {
            equal++;
        } else {
            conflicts.add(end.id());
        }
        return true;
    }

    @Override
    public void discard() {
        messages.clear();
        staging.ifPresent(StagedCreation::discard);
        staging = Optional.empty();
    }

    @Override
    public void missing(Missing line) {
        missing.add(line.id());
    }
}
