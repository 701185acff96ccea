package dev.confab.application;

import dev.confab.domain.conversation.OwnerId;

/** A write would store more than its owner may have. Nothing is recorded. */
public final class QuotaExceeded extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final Quota quota;
    private final long limit;
    private final long used;
    private final long asked;

    /** What is limited. */
    public enum Quota {
        STORED_BYTES, CONVERSATIONS
    }

    /**
     * @param used before the write
     * @param asked what the write would add
     */
    public QuotaExceeded(OwnerId owner, Quota quota, long limit, long used, long asked) {
        super("owner " + owner + " would exceed the limit of " + quota + ": " + used + " + " + asked + " > " + limit,
                null, false, false);
        this.quota = quota;
        this.limit = limit;
        this.used = used;
        this.asked = asked;
    }

    public Quota quota() {
        return quota;
    }

    public long limit() {
        return limit;
    }

    public long used() {
        return used;
    }

    public long asked() {
        return asked;
    }
}
