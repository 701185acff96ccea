package dev.confab.adapter.web.security;

import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.CurrentCaller;
import dev.confab.domain.conversation.OwnerId;
import org.springframework.context.annotation.Bean;

/** There is no log-in: everything belongs to the one user of this machine, {@code local}. */
public final class NoLogIn {
    /** To whom everything belongs. */
    public static final OwnerId OWNER = new OwnerId("local");
    private static final Caller LOCAL = new Caller("local", OWNER, () -> true);

    @Bean
    CurrentCaller currentCaller() {
        return _ -> LOCAL;
    }

    @Bean
    NoLogInFilter noLogInFilter() {
        return new NoLogInFilter();
    }
}
