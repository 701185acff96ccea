package dev.confab.testsupport.postgres;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Where a {@link TcpProxy} cuts a connection that makes a certain request. The client sees the same each time: no answer. */
public enum Cut {
    /** The request never reaches the server, which rolls back. */
    BEFORE_SERVER,

    /** The server gets the request and may still be working on it when the client knows that the connection is gone. */
    WITHOUT_WAITING,

    /** The server has done the request, and its answer is withheld. */
    AFTER_SERVER;

    /** One cut that is yet to come. */
    record Armed(Cut where, Predicate<Request> which, CompletableFuture<Request> done) {
    }
}
