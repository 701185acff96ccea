package dev.confab.adapter.web.settings;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Under which host names, and behind which proxies, this service is called.
 *
 * @param logIn whether callers log in. Without it, only the machine's own names are accepted on its loopback interface
 * @param allowed the host names that are accepted with log-in, without a port; every name if there are none
 * @param trustedProxies addresses or ranges ({@code 10.1.0.0/16}) whose headers {@code X-Forwarded-For}, {@code -Proto}, {@code -Host}
 *     and {@code -Port} are believed; usually none
 */
public record HostSettings(boolean logIn, Set<String> allowed, List<String> trustedProxies) {
    public HostSettings {
        allowed = allowed.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** For a service that only this machine can reach. */
    public static HostSettings local() {
        return new HostSettings(false, Set.of(), List.of());
    }

    /** Whether a request for this host name is accepted with log-in. */
    public boolean accepts(String host) {
        return allowed.isEmpty() || allowed.contains(host.toLowerCase(Locale.ROOT));
    }
}
