package dev.confab.adapter.web.security;

import dev.confab.adapter.web.event.EventStreams;
import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.problem.ProblemAdvice;
import dev.confab.adapter.web.request.CurrentCaller;
import dev.confab.adapter.web.security.browser.CookieLogIn;
import dev.confab.adapter.web.settings.JwtSettings;
import dev.confab.adapter.web.settings.WebSettings;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;

/** What log-in by API keys and by JWTs have in common. The two differ in the {@code AuthenticationProvider}. */
@EnableWebSecurity
public class LogInConfiguration {
    /** After request ids and origins, before all other filters. */
    private static final int FILTER_ORDER = -100;

    /**
     * Nothing is remembered between requests, so there are no sessions and no saved requests; what CSRF could use, {@link CookieLogIn}
     * refuses. The headers against browsers' mistakes are those that all responses have.
     */
    @Bean
    SecurityFilterChain logIn(HttpSecurity http, AuthenticationProvider tokens, LogInProblems problems,
            CookieLogIn cookies) {
        var bearer = new BearerTokenAuthenticationFilter(new ProviderManager(tokens), cookies);
        bearer.setAuthenticationEntryPoint(problems);
        bearer.setAuthenticationFailureHandler(problems);
        return http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable).headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable).logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        refusals -> refusals.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .addFilter(bearer).authorizeHttpRequests(Access::rules)
                .addFilterAfter(new CallerFilter(), AuthorizationFilter.class).build();
    }

    @Bean
    CookieLogIn cookieLogIn(WebSettings settings, AuthenticationProvider tokens, AuditLog audit,
            ObjectProvider<JwtSettings> jwt) {
        return new CookieLogIn(settings, tokens, audit, LogInProblems::reason,
                Optional.ofNullable(jwt.getIfAvailable()));
    }

    @Bean
    LogInProblems logInProblems(ProblemAdvice problems, WebSettings settings, AuditLog audit) {
        return new LogInProblems(problems, settings, audit);
    }

    /** Not for error dispatches: they only write the problem of a request that was checked. */
    @Bean
    FilterRegistrationBean<Filter> logInFilters(
            @Qualifier(AbstractSecurityWebApplicationInitializer.DEFAULT_FILTER_NAME) Filter chain) {
        var registration = new FilterRegistrationBean<>(chain);
        registration.setOrder(FILTER_ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    @Bean
    CurrentCaller currentCaller() {
        return CallerFilter::of;
    }

    @Bean
    StreamWatch streamWatch(EventStreams streams) {
        return new StreamWatch(streams);
    }

    /** The framework would time each filter of each request. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
