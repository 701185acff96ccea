package dev.confab.bootstrap.store;

import dev.confab.adapter.web.security.NoLogIn;
import dev.confab.bootstrap.failure.CannotStart;
import dev.confab.bootstrap.failure.ExitStatus;
import dev.confab.bootstrap.settings.ConfabSettings.Security;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.domain.conversation.OwnerId;
import java.util.Optional;

/** Whose conversations a command works on. */
public final class StoreOwner {
    private StoreOwner() {
    }

    /** The owner that the command names; without log-in everything belongs to one owner, who need not be named. */
    public static OwnerId of(Optional<OwnerId> named, ConfabSettings settings) {
        if (named.isEmpty() && settings.security() != Security.NONE) {
            throw new CannotStart("This store has conversations of more than one owner, because callers log in.",
                    "Name the owner: --owner=OWNER.", ExitStatus.USAGE, new IllegalArgumentException("--owner"));
        }
        return named.orElse(NoLogIn.OWNER);
    }
}
