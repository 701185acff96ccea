package dev.confab.bootstrap.operation;

import dev.confab.bootstrap.failure.CannotStart;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Stops the start, before the server listens, if other machines could reach its address: without log-in everyone who can
 * reach the server can read and change everything.
 *
 * @param server {@code server.address}
 * @param managementApart whether {@code management.server.port} gives health and metrics a port of their own
 * @param management {@code management.server.address}, the address of that port
 */
public record LoopbackOnly(@Nullable InetAddress server, boolean managementApart, @Nullable InetAddress management)
        implements
            WebServerFactoryCustomizer<ConfigurableWebServerFactory> {

    @Override
    public void customize(ConfigurableWebServerFactory factory) {
        require("server.address", server);
        if (managementApart) {
            require("management.server.address", management);
        }
    }

    private static void require(String setting, @Nullable InetAddress address) {
        if (address == null) {
            throw unprotected(setting, "not set, which means every address of this machine");
        }
        if (!address.isLoopbackAddress()) {
            throw unprotected(setting, address.getHostAddress());
        }
    }

    private static CannotStart unprotected(String setting, String address) {
        return new CannotStart(
                setting + " is " + address + ": other machines could reach Confab, and it has no log-in configured.",
                "Leave " + setting
                        + " at 127.0.0.1, or have callers log in: set confab.security to api-keys or jwt; see "
                        + "docs/security.md.");
    }
}
