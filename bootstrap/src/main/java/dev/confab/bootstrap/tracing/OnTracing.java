package dev.confab.bootstrap.tracing;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Whether traces are on: {@code confab.tracing.endpoint} is set, and not to nothing, as an empty environment variable would. */
final class OnTracing implements Condition {
    private static final String ENDPOINT = "confab.tracing.endpoint";

    static boolean isOn(Environment environment) {
        return StringUtils.hasText(environment.getProperty(ENDPOINT));
    }

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return isOn(context.getEnvironment());
    }
}
