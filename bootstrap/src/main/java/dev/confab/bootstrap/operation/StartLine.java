package dev.confab.bootstrap.operation;

import dev.confab.bootstrap.store.StoreInfo;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;

/** Logs one line when the start is complete: the address that Confab listens on and where it stores conversations. */
public record StartLine(ServerProperties server,
        StoreInfo store) implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.confab");

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        var context = event.getApplicationContext();
        var web = context instanceof WebServerApplicationContext c ? c.getWebServer() : null;
        if (web != null) {
            LOG.info("Confab {} listens on {} and stores conversations in {}",
                    context.getEnvironment().getProperty("spring.application.version"), url(web.getPort()),
                    store.location());
        }
    }

    private String url(int port) {
        var address = server.getAddress() == null ? InetAddress.getLoopbackAddress() : server.getAddress();
        var host = address.getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
