package dev.confab.bootstrap.operation;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Refuses, before anything listens, an address that other machines can reach: there is no log-in, so whoever reaches the
 * server is the owner.
 */
public final class LoopbackOnly implements WebServerFactoryCustomizer<ConfigurableWebServerFactory> {
    private final @Nullable InetAddress server;
    private final boolean managementApart;
    private final @Nullable InetAddress management;

    /**
     * @param server {@code server.address}
     * @param managementApart whether health and metrics have a port of their own, {@code management.server.port}
     * @param management {@code management.server.address}, which then is theirs
     */
    public LoopbackOnly(@Nullable InetAddress server, boolean managementApart, @Nullable InetAddress management) {
        this.server = server;
        this.managementApart = managementApart;
        this.management = management;
    }

    @Override
    public void customize(ConfigurableWebServerFactory factory) {
        require("server.address", server);
        if (managementApart) {
            require("management.server.address", management);
        }
    }

    private static void require(String setting, @Nullable InetAddress address) {
        if (address == null) {
            throw new UnprotectedAddress(setting, "not set, which means every address of this machine");
        }
        if (!address.isLoopbackAddress()) {
            throw new UnprotectedAddress(setting, address.getHostAddress());
        }
    }
}
