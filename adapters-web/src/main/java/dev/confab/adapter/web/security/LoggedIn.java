package dev.confab.adapter.web.security;

import dev.confab.adapter.web.request.Caller.Credential;
import dev.confab.domain.access.Limits;
import dev.confab.domain.access.Scope;
import dev.confab.domain.conversation.OwnerId;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller whose token is valid. Holds no token. */
public final class LoggedIn extends AbstractAuthenticationToken {
    /** Before the code of a scope, in the name of its authority. */
    public static final String SCOPE_PREFIX = "SCOPE_";
    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient OwnerId owner;
    private final transient Credential credential;
    private final transient Limits limits;

    /** @param name of the credential, for logs; never a secret */
    public LoggedIn(String name, OwnerId owner, Collection<? extends GrantedAuthority> authorities,
            Credential credential,
            Limits limits) {
        super(authorities);
        this.name = name;
        this.owner = owner;
        this.credential = credential;
        this.limits = limits;
        setAuthenticated(true);
    }

    static Collection<GrantedAuthority> authorities(Set<Scope> scopes) {
        return scopes.stream().<GrantedAuthority>map(scope -> new SimpleGrantedAuthority(authority(scope))).toList();
    }

    static String authority(Scope scope) {
        return SCOPE_PREFIX + scope.code();
    }

    OwnerId owner() {
        return owner;
    }

    Credential credential() {
        return credential;
    }

    Limits limits() {
        return limits;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getPrincipal() {
        return name;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
