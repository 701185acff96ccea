package dev.confab.adapter.web.security;

import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.domain.access.Scope;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AllAuthoritiesAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** The scope that a call needs. What no rule names needs {@code admin}. */
final class Access {
    private static final String ALL = ApiPaths.API + "/**";

    private static final String PAGES = UiPaths.CHAT + "/**";

    /**
     * The same for every caller, so nothing in them is secret: the API's description and its pages, the probes, without details, and what
     * a browser needs to log in.
     */
    private static final String[] PUBLIC = {"/", UiPaths.LOG_IN, UiPaths.FILES, "/v3/api-docs", "/swagger-ui.html",
            "/swagger-ui/**", "/webjars/**",
            "/problems/*", "/actuator/health/liveness", "/actuator/health/readiness"};

    private Access() {
    }

    static void rules(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry calls) {
        calls.requestMatchers(HttpMethod.GET, PUBLIC).permitAll()
                .requestMatchers(HttpMethod.HEAD, PUBLIC).permitAll()
                .requestMatchers(HttpMethod.POST, UiPaths.LOG_IN, UiPaths.LOG_OUT).permitAll()
                .requestMatchers(ApiPaths.ADMIN + "/**").access(needs(Scope.ADMIN))
                .requestMatchers(HttpMethod.GET, ALL, PAGES).access(needs(Scope.READ))
                .requestMatchers(HttpMethod.HEAD, ALL, PAGES).access(needs(Scope.READ))
                .requestMatchers(ALL, PAGES).access(needs(Scope.WRITE))
                .anyRequest().access(needs(Scope.ADMIN));
    }

    /** The scope, and {@code on-behalf} too if the request names an owner. */
    private static AuthorizationManager<RequestAuthorizationContext> needs(Scope scope) {
        return new AuthorizationManager<>() {
            private final AuthorizationManager<RequestAuthorizationContext> own = all(scope);
            private final AuthorizationManager<RequestAuthorizationContext> onBehalf = all(scope, Scope.ON_BEHALF);

            @Override
            public @Nullable AuthorizationResult authorize(Supplier<? extends @Nullable Authentication> caller,
                    RequestAuthorizationContext call) {
                boolean namesOwner = call.getRequest().getHeader(Caller.OWNER_HEADER) != null;
                return (namesOwner ? onBehalf : own).authorize(caller, call);
            }
        };
    }

    private static AuthorizationManager<RequestAuthorizationContext> all(Scope... scopes) {
        var authorities = Arrays.stream(scopes).map(LoggedIn::authority).toList();
        return AllAuthoritiesAuthorizationManager.hasAllAuthorities(authorities);
    }
}
