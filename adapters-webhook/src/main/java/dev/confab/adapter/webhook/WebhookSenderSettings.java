package dev.confab.adapter.webhook;

import java.time.Duration;

/**
 * How events are sent.
 *
 * @param timeout how long one attempt takes at most, from the resolution of the name to the status of the answer
 * @param targets to which addresses events may be sent
 * @param maxPerHost how many connections to one host there may be
 * @param maxConnections how many connections there may be
 */
public record WebhookSenderSettings(Duration timeout, Targets targets, int maxPerHost, int maxConnections) {

    /** To which addresses events may be sent. */
    public enum Targets {
        /** Over https, to addresses of the public internet. */
        PUBLIC,
        /** Over https or http, to every address: for a closed network, and for trying things out. */
        ALL
    }
}
