package dev.confab.adapter.web.erasure;

/**
 * A receipt of an erasure.
 *
 * @param ownerDigest tells receipts of one owner from those of others, without the name
 * @param unattributed damaged files whose owner is unknown; they were left
 * @param digest over the other members, as {@link Receipts} says
 */
record ErasureReceiptJson(String number, String ownerDigest, String erasedAt, int conversations, long messages,
        long sessions, long turns, int apiKeys, int webhooks, int unattributed, String digest) {

    /** In one line, for the log. */
    String line() {
        return ("receipt=%s ownerDigest=%s erasedAt=%s conversations=%d messages=%d sessions=%d turns=%d apiKeys=%d "
                + "webhooks=%d unattributed=%d digest=%s").formatted(number, ownerDigest, erasedAt, conversations,
                        messages,
                        sessions, turns, apiKeys, webhooks, unattributed, digest);
    }
}
