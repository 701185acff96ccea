package dev.confab.adapter.persistence.contract.reference;

import dev.confab.adapter.persistence.contract.harness.Faults;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.ConversationReader;
import dev.confab.domain.port.ConversationStore;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.OwnerEraser;
import dev.confab.domain.port.SessionReader;
import dev.confab.domain.port.StoredConversations;
import dev.confab.domain.port.UsageReader;
import dev.confab.domain.port.WebhookStore;
import java.util.Optional;

/** A store under test that runs every transaction function twice. It must pass the whole suite (S9). */
public record RunTwiceUnderTest(StoreUnderTest once) implements StoreUnderTest {

    @Override
    public ConversationStore store() {
        return new RunTwice(once.store());
    }

    @Override
    public ConversationReader reader() {
        return once.reader();
    }

    @Override
    public SessionReader sessions() {
        return once.sessions();
    }

    @Override
    public StoredConversations stored() {
        return once.stored();
    }

    @Override
    public ChangeFeed feed() {
        return once.feed();
    }

    @Override
    public OwnerEraser eraser() {
        return once.eraser();
    }

    @Override
    public UsageReader usages() {
        return once.usages();
    }

    @Override
    public ApiKeyStore keys(int limit) {
        return once.keys(limit);
    }

    @Override
    public WebhookStore webhooks(int limit) {
        return once.webhooks(limit);
    }

    @Override
    public ImportJobStore importJobs(int limit) {
        return once.importJobs(limit);
    }

    @Override
    public StoreUnderTest another() {
        return new RunTwiceUnderTest(once.another());
    }

    @Override
    public void reopen() {
        once.reopen();
    }

    @Override
    public void crash() {
        once.crash();
    }

    @Override
    public Optional<Faults> faults() {
        return once.faults();
    }

    @Override
    public void close() {
        once.close();
    }
}
