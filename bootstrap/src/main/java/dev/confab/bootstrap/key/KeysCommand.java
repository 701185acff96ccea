package dev.confab.bootstrap.key;

import dev.confab.adapter.web.log.AuditLog;
import dev.confab.application.ApiKeys;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.store.StoreAccess;
import dev.confab.domain.access.ApiKey;
import dev.confab.domain.access.ApiKeyId;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code keys create}, {@code list} and {@code revoke}, on the store itself. */
@Command(mixinStandardHelpOptions = true, name = "keys", description = "Creates, lists and revokes API keys, on the store itself.", footer = {
        "",
        "On files, stop the server first or use its admin API. On PostgreSQL, servers may run."})
final class KeysCommand implements JarCommand {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 500;
    private static final String IN_USE = "Nothing was changed. The server that has the data directory open manages its API keys: use its"
            + " admin API, /api/v1/admin/keys.";

    /** Who the audit log says made a change: nobody has logged in, but the operating system knows whose process this is. */
    private static final String BY = "command line of " + System.getProperty("user.name");

    private final CommandContext context;
    private final AuditLog audit = new AuditLog();
    private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);

    KeysCommand(CommandContext context) {
        this.context = context;
    }

    @Command(mixinStandardHelpOptions = true, name = "create", description = {
            "Creates a key and prints its token, which cannot be shown again.",
            "The token alone goes to the standard output, and everything else to the standard error."})
    int create(
            @Option(names = "--owner", required = true, paramLabel = "OWNER", description = "to whom everything belongs that is done with the key") OwnerId owner,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "the purpose of the key") String name,
            @Option(names = "--scope", required = true, split = ",", paramLabel = "SCOPE", description = "one or more of: read, write, admin, on-behalf") Set<Scope> scopes,
            @Option(names = "--expires", paramLabel = "TIME", description = "from now, such as 12h or 90d; without it, the key does not expire") Optional<Duration> expires,
            @Mixin LimitOptions limits,
            @Option(names = "--json", description = "prints key and token as JSON") boolean json) {
        return with(keys -> {
            Optional<Instant> expiresAt = expires.map(clock.instant()::plus);
            ApiKeys.Issued issued = keys.issue(owner, name, scopes, expiresAt, limits.limits());
            audit.keyCreated(BY, issued.key());
            if (json) {
                print(ApiKeyView.Issued.of(issued));
                return;
            }
            context.out().println(issued.token().text());
            context.err()
                    .println("Created API key " + issued.key().id() + ". Above is its token, which is not shown again."
                            + " Send it as: Authorization: Bearer <token>");
        });
    }

    @Command(mixinStandardHelpOptions = true, name = "list", description = "Lists the keys, the revoked and expired ones included, in the order of their ids.")
    int list(
            @Option(names = "--owner", paramLabel = "OWNER", description = "only the keys of this owner") Optional<OwnerId> owner,
            @Option(names = "--json", description = "prints one JSON object a line") boolean json) {
        return with(keys -> {
            var table = new ApiKeyTable();
            forEach(keys, owner, key -> {
                if (json) {
                    print(ApiKeyView.of(key));
                } else {
                    table.add(ApiKeyView.of(key).cells(key.isUsable(clock.instant())));
                }
            });
            if (!json) {
                table.print(context.out());
            }
        });
    }

    @Command(mixinStandardHelpOptions = true, name = "revoke", description = "Revokes a key: from now on no server accepts it. A revoked key stays as it is.")
    int revoke(@Parameters(paramLabel = "ID", description = "the id of the key, as listed") ApiKeyId id,
            @Option(names = "--json", description = "prints the key as JSON") boolean json) {
        return with(keys -> {
            ApiKey key = keys.revoke(id);
            audit.keyRevoked(BY, key);
            ApiKeyView revoked = ApiKeyView.of(key);
            if (json) {
                print(revoked);
            } else {
                context.out().println("API key " + id + " is revoked since " + revoked.revokedAt().orElseThrow() + ".");
            }
        });
    }

    private static void forEach(ApiKeys keys, Optional<OwnerId> owner, Consumer<ApiKey> action) {
        List<ApiKey> page = keys.list(owner, Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(action);
            page = page.size() < PAGE ? List.of() : keys.list(owner, Optional.of(page.getLast().id()), PAGE);
        }
    }

    private void print(Object value) {
        context.out().println(JSON.writeValueAsString(value));
    }

    private int with(Consumer<ApiKeys> action) {
        return new StoreAccess(context, ApiKeyApplication.class, IN_USE).with(beans -> {
            action.accept(beans.getBean(ApiKeys.class));
            return ExitStatus.OK.code();
        });
    }
}
