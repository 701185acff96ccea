package dev.confab.benchmarks.postgres;

import dev.confab.testsupport.postgres.Database;
import dev.confab.testsupport.postgres.TestPostgres;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Who is compared, each made for a database of its own. */
final class Lineup {
    private Lineup() {
    }

    /** A peer and its database, which goes with it. */
    record Entered(String name, Peer peer, Database database) implements AutoCloseable {
        @Override
        public void close() {
            peer.close();
            database.close();
        }
    }

    static Map<String, Function<Database, Peer>> peers() {
        var peers = new LinkedHashMap<String, Function<Database, Peer>>();
        peers.put("Confab", ConfabPeer::new);
        peers.put(SpringAiSessionPeer.JAR, SpringAiSessionPeer::new);
        peers.put(LangChain4jPeer.JAR + ", one JSON row", LangChain4jPeer::new);
        peers.put(SpringAiMemoryPeer.JAR, SpringAiMemoryPeer::new);
        return peers;
    }

    static Entered enter(String name, Function<Database, Peer> peer) {
        Database database = TestPostgres.shared().newDatabase();
        return new Entered(name, peer.apply(database), database);
    }
}
