package dev.confab.adapter.webhook;

import dev.confab.adapter.webhook.CheckedResolver.AddressRefused;
import dev.confab.adapter.webhook.WebhookSenderSettings.Targets;
import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.port.WebhookSender;
import dev.confab.domain.webhook.Webhook;
import dev.confab.domain.webhook.WebhookEvent;
import dev.confab.domain.webhook.WebhookUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Sends events by HTTP POST. It follows no redirects, keeps no cookies, uses no proxy, and reads little of an answer. */
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {
    /** Of an answer's body; a longer one closes the connection. */
    private static final int MAX_BODY = 16 << 10;
    private static final ContentType JSON = ContentType.create("application/json");
    private static final TimeValue REUSED_FOR = TimeValue.ofSeconds(30);
    private static final TimeValue CHECKED_AFTER = TimeValue.ofMilliseconds(200);

    private final WebhookSenderSettings settings;
    private final CheckedResolver resolver;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("confab-webhook-deadline").factory());

    public HttpWebhookSender(WebhookSenderSettings settings) {
        this(settings, SystemDefaultDnsResolver.INSTANCE);
    }

    /** With other names, for tests. */
    HttpWebhookSender(WebhookSenderSettings settings, DnsResolver names) {
        this.settings = settings;
        this.resolver = new CheckedResolver(names, settings.targets());
        Timeout timeout = Timeout.of(settings.timeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(resolver)
                .setMaxConnPerRoute(settings.maxPerHost()).setMaxConnTotal(settings.maxConnections())
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(timeout)
                        .setSocketTimeout(timeout).setTimeToLive(REUSED_FOR).setValidateAfterInactivity(CHECKED_AFTER)
                        .build())
                .build();
        this.client = HttpClients.custom().setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout).setRedirectsEnabled(false).build())
                .setUserAgent("Confab-Webhooks").disableRedirectHandling().disableCookieManagement()
                .disableAuthCaching().disableAutomaticRetries().disableContentCompression().build();
    }

    @Override
    public void check(WebhookUrl url) {
        if (settings.targets() == Targets.ALL) {
            return;
        }
        if (!url.isHttps()) {
            throw new InvalidValue("url", "must begin with https://");
        }
        if (literal(url).filter(address -> !resolver.isAllowed(address)).isPresent()) {
            throw new InvalidValue("url", "must not have an address of a private network or of this machine");
        }
    }

    private static Optional<InetAddress> literal(WebhookUrl url) {
        try {
            return Optional.of(InetAddress.ofLiteral(url.uri().getHost()));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    @Override
    public Result send(Webhook webhook, WebhookEvent event, Instant now) {
        if (settings.targets() == Targets.PUBLIC && !webhook.url().isHttps()) {
            // It was made while other targets were allowed.
            return new Result.Unanswered("the URL must begin with https://");
        }
        HttpPost request = request(webhook, event, now);
        ScheduledFuture<?> deadline = deadlines.schedule(request::cancel, settings.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(null, request, null);
            Result result = result(response, now);
            release(response, request);
            return result;
        } catch (IOException | RuntimeException e) {
            return new Result.Unanswered(request.isCancelled() ? late() : reason(e));
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpPost request(Webhook webhook, WebhookEvent event, Instant now) {
        byte[] body = EventJson.bytes(event);
        long seconds = now.getEpochSecond();
        var request = new HttpPost(webhook.url().uri());
        request.setHeader("webhook-id", event.id());
        request.setHeader("webhook-timestamp", Long.toString(seconds));
        request.setHeader("webhook-signature", Signature.of(webhook.secret(), event.id(), seconds, body));
        request.setEntity(new ByteArrayEntity(body, JSON));
        return request;
    }

    private static Result result(ClassicHttpResponse response, Instant now) {
        int status = response.getCode();
        return status >= 200 && status < 300
                ? new Result.Accepted(status)
                : new Result.Rejected(status, Optional.ofNullable(response.getFirstHeader("Retry-After"))
                        .map(Header::getValue).flatMap(value -> RetryAfter.parse(value, now)));
    }

    /**
     * Keeps the connection for the next request if the body is short. Otherwise cancels the request, which closes the connection: closing a
     * body alone reads it to its end. A failure does not matter, because the status has arrived.
     */
    private static void release(ClassicHttpResponse response, HttpPost request) {
        try (response) {
            HttpEntity entity = response.getEntity();
            if (entity != null && entity.getContent().readNBytes(MAX_BODY).length == MAX_BODY) {
                request.cancel();
            }
        } catch (IOException ignored) {
            // The connection is closed.
        }
    }

    private String late() {
        return "no answer came within " + settings.timeout().toMillis() + " ms";
    }

    private String reason(Exception e) {
        return switch (e) {
            case AddressRefused refused -> String.valueOf(refused.getMessage());
            case UnknownHostException _ -> "the name of the host cannot be resolved";
            case SocketTimeoutException _ -> late();
            case SSLException _ -> "no TLS connection could be made: " + e.getMessage();
            default -> "the connection failed: " + e.getMessage();
        };
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
