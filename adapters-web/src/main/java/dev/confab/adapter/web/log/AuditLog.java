package dev.confab.adapter.web.log;

import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Imported;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.webhook.EventType;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookId;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line in the log {@code dev.confab.audit} for each change of an API key or a webhook, for each erasure of an owner, for the start and
 * the end of each export and import of the whole store, for each backup, and for each log-in that failed. Anyone can make log-ins
 * fail, so only the first {@value #FAILURES_PER_PERIOD} of ten seconds have a line; the next line says how many had none.
 */
public final class AuditLog {
    static final int FAILURES_PER_PERIOD = 20;
    private static final long PERIOD_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger("dev.confab.audit");

    private long periodStart = System.nanoTime();
    private int failures;

    /** @param by the name of the credential that made the change */
    public void keyCreated(String by, ApiKey key) {
        LOG.info("API key created: key={} owner={} name={} scopes={} expires={} by={} request={}", key.id(),
                LogFields.oneLine(key.owner().value()), LogFields.oneLine(key.name()),
                key.scopes().stream().map(Scope::code).sorted().collect(Collectors.joining(",")),
                key.expiresAt().map(Object::toString).orElse("never"), LogFields.oneLine(by), LogFields.requestId());
    }

    /** @param by the name of the credential that made the change */
    public void keyRevoked(String by, ApiKey key) {
        LOG.info("API key revoked: key={} owner={} by={} request={}", key.id(),
                LogFields.oneLine(key.owner().value()), LogFields.oneLine(by), LogFields.requestId());
    }

    /** @param by the name of the credential that made the change */
    public void webhookCreated(String by, Webhook webhook) {
        webhook("created", by, webhook);
    }

    /** @param by the name of the credential that made the change */
    public void webhookChanged(String by, Webhook webhook) {
        webhook("changed", by, webhook);
    }

    /** @param by the name of the credential that made the change */
    public void webhookSecretReplaced(String by, Webhook webhook) {
        webhook("has a new secret", by, webhook);
    }

    /** Names the receiver's host only: the rest of a URL is often a secret. */
    private static void webhook(String what, String by, Webhook webhook) {
        LOG.info("Webhook {}: webhook={} owner={} host={} events={} enabled={} by={} request={}", what, webhook.id(),
                LogFields.oneLine(webhook.owner().value()), LogFields.oneLine(webhook.url().uri().getHost()),
                webhook.events().stream().map(EventType::code).sorted().collect(Collectors.joining(",")),
                webhook.isEnabled(), LogFields.oneLine(by), LogFields.requestId());
    }

    /** @param by the name of the credential that made the change */
    public void webhookDeleted(String by, OwnerId owner, WebhookId id) {
        LOG.info("Webhook deleted: webhook={} owner={} by={} request={}", id, LogFields.oneLine(owner.value()),
                LogFields.oneLine(by), LogFields.requestId());
    }

    /** @param by the name of the credential that asked for the export */
    public void exportStarted(String by, Optional<OwnerId> owner, Optional<ConversationId> after) {
        LOG.info("Export of the store started: owner={} after={} by={} request={}",
                owner.map(one -> LogFields.oneLine(one.value())).orElse("all"),
                after.map(Object::toString).orElse("-"), LogFields.oneLine(by), LogFields.requestId());
    }

    /** @param by the name of the credential that asked for the export */
    public void exported(String by, Exported written) {
        LOG.info("Export of the store ended: conversations={} messages={} missing={} digest={} by={} request={}",
                written.conversations(), written.messages(), written.missingCount(), written.digest(),
                LogFields.oneLine(by), LogFields.requestId());
    }

    /** @param by the name of the credential that sent the archive */
    public void importStarted(String by) {
        LOG.info("Import into the store started: by={} request={}", LogFields.oneLine(by), LogFields.requestId());
    }

    /** @param by the name of the credential that sent the archive */
    public void imported(String by, Imported done) {
        LOG.info("Import into the store ended: imported={} equal={} conflicts={} complete={} by={} request={}",
                done.imported(), done.equal(), done.conflicts().count(), done.isComplete(), LogFields.oneLine(by),
                LogFields.requestId());
    }

    /** @param by the name of the credential that asked for the backup */
    public void backupMade(String by, String location) {
        LOG.info("Backup made: location={} by={} request={}", LogFields.oneLine(location), LogFields.oneLine(by),
                LogFields.requestId());
    }

    /**
     * @param by the name of the credential that asked for it
     * @param receipt without contents and without the owner's name
     */
    public void ownerErased(String by, String receipt) {
        LOG.info("Owner erased: {} by={} request={}", LogFields.oneLine(receipt), LogFields.oneLine(by),
                LogFields.requestId());
    }

    /**
     * @param reason never a part of the token
     * @param key the public id in the token, if it has the form of an API key
     */
    public void logInFailed(String reason, Optional<String> key, String address) {
        int silent = count();
        if (silent >= 0) {
            LOG.warn("Log-in failed: {}; key={} from={} request={}{}", LogFields.oneLine(reason), key.orElse("-"),
                    address, LogFields.requestId(),
                    silent == 0 ? "" : "; " + silent + " failures before it were not logged");
        }
    }

    /** The number of failures without a line before this one; negative if this one gets none either. */
    private synchronized int count() {
        long now = System.nanoTime();
        int silent = 0;
        if (now - periodStart >= PERIOD_NANOS) {
            silent = Math.max(0, failures - FAILURES_PER_PERIOD);
            periodStart = now;
            failures = 0;
        }
        failures++;
        return failures > FAILURES_PER_PERIOD ? -1 : silent;
    }
}
