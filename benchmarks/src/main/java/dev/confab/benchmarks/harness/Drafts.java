package dev.confab.benchmarks.harness;

import dev.confab.domain.conversation.MessageDraft;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes ids, times and drafts that are the same in every run: its clock advances by a millisecond whenever it is asked. */
public final class Drafts {
    private static final long EPOCH = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final AtomicLong clock;

    /** @param start milliseconds after the beginning of 2026 */
    public Drafts(long start) {
        this.clock = new AtomicLong(EPOCH + start);
    }

    /** Later than everything that another one from the same start has made before now. */
    public static Drafts fromNowOn() {
        return new Drafts(System.currentTimeMillis() - EPOCH);
    }

    /** A millisecond later than the last answer of this method and of {@link #nextId}. */
    public Instant now() {
        return Instant.ofEpochMilli(clock.incrementAndGet());
    }

    /** Of version 7, in order of time as Confab makes them, but never random. */
    public UUID nextId() {
        long time = clock.incrementAndGet();
        long mixed = time * 0x9E3779B97F4A7C15L;
        return new UUID(time << 16 | 0x7000 | mixed >>> 52, Long.MIN_VALUE | mixed >>> 2);
    }

    /** A user's message of some words, with a new id. */
    public MessageDraft draft(SplittableRandom random, int words) {
        return MessageDraft.of(new MessageId(nextId()), Role.USER, Texts.text(random, words));
    }

    /** Several such messages. */
    public List<MessageDraft> drafts(SplittableRandom random, int count, int words) {
        var drafts = new ArrayList<MessageDraft>(count);
        for (int i = 0; i < count; i++) {
            drafts.add(draft(random, words));
        }
        return drafts;
    }
}
