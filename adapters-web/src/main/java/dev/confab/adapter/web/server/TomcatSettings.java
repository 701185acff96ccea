package dev.confab.adapter.web.server;

import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.adapter.web.trace.CurrentTrace;
import dev.confab.adapter.web.trace.TraceValve;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** The settings of Tomcat that the API needs. */
@Component
final class TomcatSettings implements WebServerFactoryCustomizer<TomcatWebServerFactory> {
    private static final int MIN_SWALLOWED_BYTES = 64 * 1024 * 1024;
    private static final int MAX_SWALLOWED_BYTES = 512 * 1024 * 1024;
    private final WebSettings settings;
    private final ObjectProvider<CurrentTrace> traces;

    /** @param traces absent when traces are off */
    TomcatSettings(WebSettings settings, ObjectProvider<CurrentTrace> traces) {
        this.settings = settings;
        this.traces = traces;
    }

    @Override
    public void customize(TomcatWebServerFactory factory) {
        factory.setProtocol(SmallBufferProtocol.class.getName());
        // An event stream blocks its request's thread for as long as it is open.
        factory.addProtocolHandlerCustomizers(
                handler -> handler.setExecutor(new VirtualThreadExecutor("confab-http-")));
        factory.addConnectorCustomizers(SmallBufferProtocol::shrinkBuffers, connector -> {
            connector.setProperty("maxSwallowSize", Long.toString(swallowedBytes()));
            connector.setProperty("maxConnections", Integer.toString(settings.connections().connections()));
            // A body that is refused for its headers is never asked for.
            connector.setProperty("continueResponseTiming", "onRead");
            // Query parameters come from the query alone, never from a form in the body.
            connector.setParseBodyMethods("");
        });
        if (!settings.hosts().trustedProxies().isEmpty()) {
            factory.addEngineValves(forwardedHeaders());
        }
        traces.ifAvailable(_ -> factory.addEngineValves(new TraceValve()));
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
    }

    /** Takes the client's address, scheme and host from a proxy's headers. Those of any other sender are ignored. */
    private RemoteIpValve forwardedHeaders() {
        var valve = new RemoteIpValve();
        valve.setInternalProxies(String.join(",", settings.hosts().trustedProxies()));
        valve.setProtocolHeader("X-Forwarded-Proto");
        valve.setHostHeader("X-Forwarded-Host");
        valve.setPortHeader("X-Forwarded-Port");
        return valve;
    }

    /** The rest of a rejected body is read up to this size, so that a client which is still sending can receive the response. */
    private long swallowedBytes() {
        return Math.clamp(2 * settings.maxImportBytes(), MIN_SWALLOWED_BYTES, MAX_SWALLOWED_BYTES);
    }
}
