package dev.confab.adapter.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public internet from all others: of this machine, of its networks, and of special purposes (IANA's registries of
 * special-purpose addresses, RFC 6890).
 */
final class PublicAddresses {
    private static final List<Range> NOT_PUBLIC_4 = ranges("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
            "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");
    /** Addresses outside of it are not routed in the internet: loopback, fc00::/7, fe80::/10, multicast, and more. */
    private static final Range GLOBAL_6 = Range.parse("2000::/3");
    /** The last two and Teredo, in the first, contain IPv4 addresses, which could be private. */
    private static final List<Range> NOT_PUBLIC_6 = ranges("2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16");
    /** NAT64: the last four bytes are an IPv4 address, to which a gateway sends. */
    private static final Range NAT64 = Range.parse("64:ff9b::/96");

    private PublicAddresses() {
    }

    static boolean contains(InetAddress address) {
        // An IPv6 address that is a mapped IPv4 address is an Inet4Address here: InetAddress converts it.
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_4.stream().noneMatch(range -> range.contains(address));
        }
        if (NAT64.contains(address)) {
            byte[] all = address.getAddress();
            return contains(ofBytes(Arrays.copyOfRange(all, all.length - 4, all.length)));
        }
        return GLOBAL_6.contains(address) && NOT_PUBLIC_6.stream().noneMatch(range -> range.contains(address));
    }

    private static InetAddress ofBytes(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(wrongLength);
        }
    }

    private static List<Range> ranges(String... texts) {
        return Arrays.stream(texts).map(Range::parse).toList();
    }

    /** The addresses that begin with the same bits. */
    private record Range(InetAddress first, int bits) {
        static Range parse(String text) {
            int slash = text.indexOf('/');
            return new Range(InetAddress.ofLiteral(text.substring(0, slash)),
                    Integer.parseInt(text.substring(slash + 1)));
        }

        boolean contains(InetAddress address) {
            byte[] one = first.getAddress();
            byte[] other = address.getAddress();
            if (one.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
