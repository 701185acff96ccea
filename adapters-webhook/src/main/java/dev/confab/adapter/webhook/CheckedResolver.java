package dev.confab.adapter.webhook;

import dev.confab.adapter.webhook.WebhookSenderSettings.Targets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the name of a receiver, and refuses it when one of its addresses is not allowed. The client connects to the addresses that this
 * returns and does not resolve the name again: a name cannot have one address while it is checked and another when it is used.
 */
final class CheckedResolver implements DnsResolver {
    private final DnsResolver names;
    private final Targets targets;

    /** @param names resolves names and literal addresses, without a check */
    CheckedResolver(DnsResolver names, Targets targets) {
        this.names = names;
        this.targets = targets;
    }

    /** Nothing may be sent to the address. */
    static final class AddressRefused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        AddressRefused() {
            super("the host has an address that is not a public one");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.resolve(host);
        if (!Arrays.stream(found).allMatch(this::isAllowed)) {
            throw new AddressRefused();
        }
        return found;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return Arrays.stream(resolve(host)).map(address -> new InetSocketAddress(address, port)).toList();
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    boolean isAllowed(InetAddress address) {
        return switch (targets) {
            case ALL -> true;
            case PUBLIC -> PublicAddresses.contains(address);
        };
    }
}
