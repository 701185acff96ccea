package dev.confab.adapter.web.limit;

import dev.confab.adapter.web.problem.ProblemAdvice;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.CurrentCaller;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.Usages.CallerLimits;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.access.Limits;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a request beyond the rate of its owner, before anything of its body is read. Each response names the requests that are left, in
 * the headers {@code RateLimit} and {@code RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers-10).
 */
final class LimitFilter extends OncePerRequestFilter {
    private static final String POLICY = "\"owner\"";
    private final CurrentCaller currentCaller;
    private final WebSettings settings;
    private final ProblemAdvice problems;
    private final RateLimits rates;

    LimitFilter(CurrentCaller currentCaller, WebSettings settings, ProblemAdvice problems, RateLimits rates) {
        this.currentCaller = currentCaller;
        this.settings = settings;
        this.problems = problems;
        this.rates = rates;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = currentCaller.of(request);
        Limits limits = caller.limits().over(settings.limits());
        Optional<ProblemException> refusal = limits.rate().flatMap(rate -> take(caller, rate, response));
        if (refusal.isPresent()) {
            problems.write(refusal.get(), request, response);
        } else {
            within(new CallerLimits(caller.owner(), limits), request, response, chain);
        }
    }

    private Optional<ProblemException> take(Caller caller, Rate rate, HttpServletResponse response) {
        ConsumptionProbe taken = rates.take(caller, rate);
        // A full bucket is a quota, and the time in which an empty one becomes full is its window.
        response.setHeader("RateLimit-Policy", POLICY + ";q=" + rate.burst() + ";w="
                + seconds(Duration.ofSeconds(rate.burst()).dividedBy(rate.perSecond())));
        response.setHeader("RateLimit", POLICY + ";r=" + taken.getRemainingTokens() + ";t="
                + seconds(Duration.ofNanos(taken.getNanosToWaitForReset())));
        return taken.isConsumed()
                ? Optional.empty()
                : Optional.of(ProblemException.limited(ProblemCode.RATE_LIMITED,
                        "The owner may make " + rate.perSecond() + " requests a second, and " + rate.burst()
                                + " at once after a pause.",
                        rate.perSecond(), Duration.ofNanos(taken.getNanosToWaitForRefill())));
    }

    /** Rounded up. */
    private static long seconds(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }

    private static void within(CallerLimits limits, HttpServletRequest request, HttpServletResponse response,
            FilterChain chain) throws ServletException, IOException {
        try {
            boolean _ = limits.call(() -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        }
    }
}
