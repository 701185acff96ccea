package dev.confab.benchmarks.harness;

import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Makes ids, times and drafts that are the same in every run. Its clock advances by one millisecond at each call. */
public final class Drafts {
    private static final long EPOCH = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final AtomicLong clock;

    /** @param start milliseconds after the beginning of 2026 */
    public Drafts(long start) {
        this.clock = new AtomicLong(EPOCH + start);
    }

    /** Starts at the current time, so its ids and times are later than those of a data set built before. */
    public static Drafts fromNowOn() {
        return new Drafts(System.currentTimeMillis() - EPOCH);
    }

    /** One millisecond later than the last result of this method or of {@link #nextId}. */
    public Instant now() {
        return Instant.ofEpochMilli(clock.incrementAndGet());
    }

    /** A UUID of version 7, ordered by time like Confab's own ids, but without randomness. */
    public UUID nextId() {
        long time = clock.incrementAndGet();
        long mixed = time * 0x9E3779B97F4A7C15L;
        return new UUID(time << 16 | 0x7000 | mixed >>> 52, Long.MIN_VALUE | mixed >>> 2);
    }

    /** A user's message of so many words, with a new id. */
    public MessageDraft draft(SplittableRandom random, int words) {
        return MessageDraft.of(new MessageId(nextId()), Role.USER, Texts.text(random, words));
    }

    public List<MessageDraft> drafts(SplittableRandom random, int count, int words) {
        return Stream.generate(() -> draft(random, words)).limit(count).toList();
    }
}
