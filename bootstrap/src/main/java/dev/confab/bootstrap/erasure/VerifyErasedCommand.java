package dev.confab.bootstrap.erasure;

import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.command.JarCommand;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.store.ErasureCheck;
import dev.confab.domain.conversation.OwnerId;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code verify-erased}: looks for an owner in the storage itself. */
@Command(mixinStandardHelpOptions = true, name = "verify-erased", description = {
        "Looks for an owner in all of the storage and says where something is left.",
        "The status is 0 if nothing was found, and 65 if something was."}, footer = {"",
                "On files, stop the server first. On PostgreSQL, servers may run."})
final class VerifyErasedCommand implements JarCommand, Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    private final CommandContext context;

    @Parameters(paramLabel = "OWNER", description = "the owner's name")
    private OwnerId owner = new OwnerId("nobody");

    @Option(names = "--strict", description = "the status is 65, too, if there are files whose owner is unknown")
    private boolean strict;

    @Option(names = "--json", description = "prints one JSON object")
    private boolean json;

    VerifyErasedCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var result = new AtomicReference<ErasureCheck.Result>();
        context.withBeans(ErasureCheckApplication.class, beans -> result.set(check(beans).look(owner)));
        print(result.get());
        boolean clean = result.get().found().isEmpty() && !(strict && !result.get().unattributed().isEmpty());
        return (clean ? ExitStatus.OK : ExitStatus.DATA).code();
    }

    private static ErasureCheck check(ApplicationContext beans) {
        try {
            return beans.getBean(ErasureCheck.class);
        } catch (NoSuchBeanDefinitionException none) {
            throw new CannotStart("This store cannot be searched for an owner.", "", ExitStatus.CONFIG, none);
        }
    }

    private void print(ErasureCheck.Result result) {
        if (json) {
            context.out().println(JSON.writeValueAsString(result));
            return;
        }
        result.found().forEach(place -> context.out().println("found: " + place));
        result.unattributed().forEach(place -> context.err().println("The owner of this is unknown: " + place));
        context.out().println(result.found().isEmpty()
                ? "Nothing of the owner was found."
                : "Something of the owner is left in " + result.found().size()
                        + (result.found().size() == 1 ? " place." : " places.")
                        + " Erase the owner again with DELETE /api/v1/owner; docs/operations.md lists what can remain.");
    }
}
