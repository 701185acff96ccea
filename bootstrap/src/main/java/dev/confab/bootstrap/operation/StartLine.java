package dev.confab.bootstrap.operation;

import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;

/** The one line a start says: where it listens and where it keeps conversations. */
public final class StartLine implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.confab");

    private final ServerProperties server;
    private final StoreName store;

    public StartLine(ServerProperties server, StoreName store) {
        this.server = server;
        this.store = store;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        var context = event.getApplicationContext();
        var web = context instanceof WebServerApplicationContext c ? c.getWebServer() : null;
        if (web != null) {
            LOG.info("Confab {} listens on {} and keeps conversations as {}",
                    context.getEnvironment().getProperty("spring.application.version"), url(web.getPort()),
                    store.place());
        }
    }

    private String url(int port) {
        var address = server.getAddress() == null ? InetAddress.getLoopbackAddress() : server.getAddress();
        var host = address.getHostAddress();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
