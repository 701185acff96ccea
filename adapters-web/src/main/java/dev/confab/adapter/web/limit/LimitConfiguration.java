package dev.confab.adapter.web.limit;

import dev.confab.adapter.web.problem.ProblemAdvice;
import dev.confab.adapter.web.request.CurrentCaller;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.ui.UiPaths;
import dev.confab.adapter.web.settings.WebSettings;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the filter of the limits where it belongs. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {
    /** After the filters of log-in, which say who calls; before all others that read anything. */
    private static final int ORDER = -90;

    /** Only the API and the pages have limits: probes, metrics, pages about problems and the API's description have none. */
    @Bean
    FilterRegistrationBean<LimitFilter> limitFilter(CurrentCaller caller, WebSettings settings,
            ProblemAdvice problems, ObjectProvider<RateClock> clock) {
        var rates = new RateLimits(clock.getIfAvailable(() -> System::nanoTime));
        var filter = new LimitFilter(caller, settings, problems, rates);
        var registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns(ApiPaths.API + "/*", UiPaths.CHAT + "/*");
        registration.setOrder(ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }
}
