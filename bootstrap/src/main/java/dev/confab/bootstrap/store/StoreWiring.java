package dev.confab.bootstrap.store;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the configuration class of one store. It must be in a package of its own below this one; {@link StoreSelector} finds it
 * there and imports it when {@code confab.persistence} is its name.
 *
 * <p>The class declares one bean for each port of a store ({@code ConversationStore}, {@code ConversationReader},
 * {@code SessionReader}, {@code ChangeFeed}, {@code OwnerEraser}, {@code UsageReader}, {@code ApiKeyStore}, {@code WebhookStore},
 * {@code ImportJobStore}; one object may implement several), a {@link StoreInfo}, and a {@code HealthIndicator} named {@code storeHealthIndicator}. An {@link ErasureCheck} lets the
 * command {@code verify-erased} search the storage. The class binds its own settings and registers its own meters. If the store cannot
 * be opened, it throws {@link dev.confab.bootstrap.failure.CannotStart}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface StoreWiring {
    /** The store's name: the value of {@code confab.persistence} that selects it. */
    String value();
}
