package dev.confab.adapter.persistence.jpa.webhook;

import dev.confab.adapter.persistence.jpa.queue.OwnTransactions;
import dev.confab.adapter.persistence.jpa.queue.WriterThreads;
import java.sql.SQLException;

/** Runs changes of webhooks, each in a transaction of its own. */
record WebhookTransactions(OwnTransactions transactions) {
    WebhookTransactions(WriterThreads threads) {
        this(new OwnTransactions(threads, "webhooks"));
    }

    @FunctionalInterface
    interface Change<T> {
        T apply(Statements sql) throws SQLException;
    }

    <T> T run(Change<T> change) {
        return transactions.run(connection -> change.apply(new Statements(connection)));
    }
}
