package dev.confab.application.archive;

import dev.confab.application.Archives.Compared;
import dev.confab.application.Archives.Progress;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.Digest;
import java.util.Optional;

/** Compares two sequences of conversations, both in the order of their ids, by their digests. */
final class Comparison {
    private final NamedIds missing = new NamedIds();
    private final NamedIds surplus = new NamedIds();
    private final NamedIds different = new NamedIds();
    private long equal;

    /** @param digest empty when the conversation cannot be read */
    record Entry(ConversationId id, Optional<Digest> digest) {
    }

    /** The conversations of one side. */
    interface Contents {
        /** The next one; empty at the end. */
        Optional<Entry> next();
    }

    Compared compare(Contents source, Contents target, Progress progress) {
        Optional<Entry> one = source.next();
        Optional<Entry> other = target.next();
        for (long done = 1; one.isPresent() || other.isPresent(); done++) {
            int order = one.isEmpty() ? 1 : other.isEmpty() ? -1 : one.get().id().compareTo(other.get().id());
            if (order < 0) {
                missing.add(one.orElseThrow().id());
            } else if (order > 0) {
                surplus.add(other.orElseThrow().id());
            } else {
                compare(one.orElseThrow(), other.orElseThrow());
            }
            one = order <= 0 ? source.next() : one;
            other = order >= 0 ? target.next() : other;
            progress.done(done);
        }
        return new Compared(equal, missing.named(), surplus.named(), different.named());
    }

    private void compare(Entry one, Entry other) {
        if (one.digest().isPresent() && one.digest().equals(other.digest())) {
            equal++;
        } else {
            different.add(one.id());
        }
    }
}
