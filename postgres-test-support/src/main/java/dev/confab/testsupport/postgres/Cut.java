package dev.confab.testsupport.postgres;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Where a {@link TcpProxy} cuts a connection that makes a chosen request. In each case the client gets no answer. */
public enum Cut {
    /** The request does not reach the server, which rolls back. */
    BEFORE_SERVER,

    /** The server gets the request and may still be executing it when the client's connection breaks. */
    WITHOUT_WAITING,

    /** The server has executed the request; its answer is withheld. */
    AFTER_SERVER;

    /** A cut that has not happened yet. */
    record Armed(Cut where, Predicate<Request> which, CompletableFuture<Request> done) {
    }
}
