package dev.confab.bootstrap.archive;

import dev.confab.application.Archives;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.failure.Failure;
import dev.confab.bootstrap.remote.RunningServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.springframework.beans.BeansException;

/** Opens the store of the settings for a command. */
record StoreAccess(CommandContext context) {
    private static final String IN_USE = "Nothing was changed. Stop that server, or let it do the work: "
            + "--server=<its address>, with a token of the scope admin in the environment as " + RunningServer.TOKEN
            + ".";

    /** Runs the action on the use case, and returns its result. */
    int with(ToIntFunction<Archives> action) {
        var status = new AtomicInteger();
        try {
            context.withBeans(ArchiveApplication.class,
                    beans -> status.set(action.applyAsInt(beans.getBean(Archives.class))));
            return status.get();
        } catch (BeansException e) {
            throw Failure.cause(e, CannotStart.class).filter(cannot -> cannot.status() == ExitStatus.TEMPORARY)
                    .<RuntimeException>map(cannot -> new CannotStart(cannot, IN_USE, ExitStatus.TEMPORARY)).orElse(e);
        }
    }
}
