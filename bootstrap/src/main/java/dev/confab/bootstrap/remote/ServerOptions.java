package dev.confab.bootstrap.remote;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Option;

/** The options of commands that can work on a running server. */
public final class ServerOptions {
    @Option(names = "--server", paramLabel = "URL", description = "works on this running server, such as http://localhost:8080")
    private Optional<URI> server = Optional.empty();

    @Option(names = "--token-file", paramLabel = "FILE", description = "has the token for the server; without it, the token is in the environment as CONFAB_TOKEN")
    private Optional<Path> tokenFile = Optional.empty();

    /** The server that the command works on; empty for the store of the settings. */
    public Optional<URI> server() {
        return server;
    }

    public RunningServer at(URI address) {
        return RunningServer.at(address, tokenFile);
    }

    /** Works on the running server that the options name; if they name none, does the other. Returns the exit status. */
    public int orElse(ToIntFunction<RunningServer> onServer, IntSupplier onStore) {
        if (server.isEmpty()) {
            return onStore.getAsInt();
        }
        try (var running = at(server.get())) {
            return onServer.applyAsInt(running);
        }
    }
}
