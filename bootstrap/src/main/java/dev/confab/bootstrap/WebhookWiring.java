package dev.confab.bootstrap;

import dev.confab.adapter.webhook.HttpWebhookSender;
import dev.confab.adapter.webhook.WebhookSenderSettings;
import dev.confab.adapter.webhook.WebhookSenderSettings.Targets;
import dev.confab.application.Webhooks;
import dev.confab.application.webhook.DeliverySettings;
import dev.confab.application.webhook.WebhookDelivery;
import dev.confab.application.webhook.WebhookService;
import dev.confab.bootstrap.UseCaseWiring.Ports;
import dev.confab.bootstrap.generator.JugIds;
import dev.confab.bootstrap.metrics.StoreCalls;
import dev.confab.bootstrap.metrics.WebhookMeters;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.domain.port.ChangeFeed;
import dev.confab.domain.port.Secrets;
import dev.confab.domain.port.WebhookSender;
import dev.confab.domain.port.WebhookStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Webhooks: the use case, and the delivery of events over the selected store. */
@Configuration(proxyBeanMethods = false)
class WebhookWiring {
    private static final String ENABLED = "confab.webhooks.enabled";

    @Bean(destroyMethod = "close")
    HttpWebhookSender webhookSender(ConfabSettings settings) {
        var webhooks = settings.webhooks();
        return new HttpWebhookSender(new WebhookSenderSettings(webhooks.timeout(),
                webhooks.allowPrivateTargets() ? Targets.ALL : Targets.PUBLIC, webhooks.maxPerWebhook(),
                webhooks.maxAtOnce()));
    }

    /** Closed before the sender and the store. Closing it lets other instances take over at once. */
    @Bean(initMethod = "start", destroyMethod = "close")
    @ConditionalOnProperty(name = ENABLED, havingValue = "true", matchIfMissing = true)
    WebhookDelivery webhookDelivery(WebhookStore store, ChangeFeed feed, WebhookSender sender, Ports ports,
            ConfabSettings settings, StoreCalls calls, MeterRegistry registry) {
        var webhooks = settings.webhooks();
        var timed = calls.timed(WebhookStore.class, store);
        return new WebhookDelivery(timed, feed, sender, new JugIds(), ports.clock(),
                new DeliverySettings(webhooks.timeout().multipliedBy(2), webhooks.timeout(), webhooks.firstRetry(),
                        webhooks.giveUpAfter(), webhooks.maxPerWebhook(), webhooks.maxAtOnce()),
                new WebhookMeters(registry));
    }

    @Bean
    @ConditionalOnProperty(name = ENABLED, havingValue = "true", matchIfMissing = true)
    MeterBinder claimedWebhooks(WebhookDelivery delivery) {
        return registry -> Gauge.builder("confab.webhooks.claimed", delivery, WebhookDelivery::claimed)
                .description("Webhooks that this instance delivers").register(registry);
    }

    @Bean
    Webhooks webhooks(WebhookStore store, WebhookSender sender, Secrets secrets, Ports ports, StoreCalls calls,
            ObjectProvider<WebhookDelivery> delivery) {
        var timed = calls.timed(WebhookStore.class, store);
        return new WebhookService(timed, sender, new JugIds(), secrets, ports.clock(),
                () -> delivery.ifAvailable(WebhookDelivery::wake));
    }
}
