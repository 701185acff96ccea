package dev.confab.bootstrap.store;

import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.failure.Failure;
import dev.confab.bootstrap.remote.RunningServer;
import dev.confab.domain.access.Scope;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.springframework.beans.BeansException;
import org.springframework.context.ApplicationContext;

/**
 * Opens the store of the settings for a command.
 *
 * @param application the part of the application that the command needs
 * @param inUse what to do when another process has the store open
 */
public record StoreAccess(CommandContext context, Class<?> application, String inUse) {

    /** For a command that also works on a running server, with a token of this scope. */
    public static StoreAccess orServer(CommandContext context, Class<?> application, Scope scope) {
        return new StoreAccess(context, application, "Nothing was changed. Stop that server, or let it do the work: "
                + "--server=<its address>, with a token of the scope " + scope.code() + " in the environment as "
                + RunningServer.TOKEN + ".");
    }

    /** Gives the beans to the action, and returns the exit status that it returns. */
    public int with(ToIntFunction<ApplicationContext> action) {
        var status = new AtomicInteger();
        try {
            context.withBeans(application, beans -> status.set(action.applyAsInt(beans)));
            return status.get();
        } catch (BeansException e) {
            throw Failure.cause(e, CannotStart.class).filter(cannot -> cannot.status() == ExitStatus.TEMPORARY)
                    .<RuntimeException>map(cannot -> new CannotStart(cannot, inUse, ExitStatus.TEMPORARY)).orElse(e);
        }
    }
}
