package dev.confab.bootstrap.archive;

import dev.confab.application.Archives;
import dev.confab.bootstrap.command.CommandContext;
import dev.confab.bootstrap.store.StoreAccess;
import dev.confab.bootstrap.store.StoreOnly;
import dev.confab.domain.access.Scope;
import java.util.function.ToIntFunction;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The least of the application that moves a store: the selected store and the use case. */
@Configuration(proxyBeanMethods = false)
@Import({StoreOnly.class, ArchiveWiring.class})
class ArchiveApplication {

    /** Opens the store of the settings, and returns the exit status of the action. */
    static int with(CommandContext context, ToIntFunction<Archives> action) {
        return StoreAccess.orServer(context, ArchiveApplication.class, Scope.ADMIN)
                .with(beans -> action.applyAsInt(beans.getBean(Archives.class)));
    }
}
