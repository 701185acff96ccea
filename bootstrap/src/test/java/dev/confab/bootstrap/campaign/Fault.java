package dev.confab.bootstrap.campaign;

import dev.confab.testsupport.postgres.Cut;
import dev.confab.testsupport.postgres.Request;
import dev.confab.testsupport.postgres.TestPostgres;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What can happen to servers and their database. Each returns when it is over, and the servers are let be. */
enum Fault {
    /** {@code kill -9} of one server, and another in its place. */
    KILL {
        @Override
        void strike(Cluster cluster, ClusterLoad load, SplittableRandom random) {
            cluster.instance(random.nextInt(2)).killAndRestart();
        }
    },

    /** {@code pg_terminate_backend} of every connection. */
    TERMINATE {
        @Override
        void strike(Cluster cluster, ClusterLoad load, SplittableRandom random) {
            cluster.terminateConnections();
        }
    },

    /** {@code pg_ctl restart -m immediate}. */
    RESTART {
        @Override
        void strike(Cluster cluster, ClusterLoad load, SplittableRandom random) {
            TestPostgres.shared().restartImmediately();
        }
    },

    /** Connections are cut right after a statement that commits was sent: when the server has done it, or before. */
    CUT {
        @Override
        void strike(Cluster cluster, ClusterLoad load, SplittableRandom random) throws Exception {
            var cuts = new ArrayList<Future<Request>>();
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                Cut where = random.nextBoolean() ? Cut.AFTER_SERVER : Cut.WITHOUT_WAITING;
                cuts.add(cluster.proxy().cutNext(where, request -> request.runs("INSERT INTO message")));
            }
            for (Future<Request> cut : cuts) {
                cut.get(30, TimeUnit.SECONDS);
            }
        }
    },

    /** The connections of now die in silence, as by a pulled cable. */
    SILENCE {
        @Override
        void strike(Cluster cluster, ClusterLoad load, SplittableRandom random) {
            cluster.proxy().silenceAll();
        }
    },

    /** The database cannot be reached until every client has been refused. */
    AWAY {
        @Override
        void strike(Cluster cluster, ClusterLoad load, SplittableRandom random) throws Exception {
            cluster.proxy().refuse();
            cluster.proxy().cutAll();
            load.awaitRefusals(1);
            cluster.proxy().accept();
        }
    };

    abstract void strike(Cluster cluster, ClusterLoad load, SplittableRandom random) throws Exception;
}
