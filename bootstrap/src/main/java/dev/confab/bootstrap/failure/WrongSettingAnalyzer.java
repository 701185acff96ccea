package dev.confab.bootstrap.failure;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Names a setting with a wrong value, the value, and the allowed values. Spring Boot's own analyzers print Java types instead. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WrongSettingAnalyzer extends AbstractFailureAnalyzer<BindException> {
    private static final Map<Class<?>, String> ALLOWED = Map.of(
            Duration.class, "a number with a unit, such as 500ms, 30s, 5m, 12h or 7d",
            DataSize.class, "a number with a unit, such as 64KB, 32MB or 2GB",
            Integer.class, "a whole number",
            Double.class, "a number such as 0.5",
            Boolean.class, "true or false",
            Path.class, "the path of a directory",
            URI.class, "a URL such as http://localhost:11434/v1",
            InetAddress.class, "an IP address such as 127.0.0.1");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        var validation = findCause(cause, BindValidationException.class);
        if (validation != null) {
            ValidationErrors errors = validation.getValidationErrors();
            return report(errors.getAllErrors().stream().map(error -> sentence(errors, error))
                    .collect(Collectors.joining("\n")), cause);
        }
        var property = cause.getProperty();
        if (property == null) {
            return null;
        }
        var type = cause.getTarget().getBoxedType();
        Class<?> value = type.hasGenerics() ? type.getGeneric(0).resolve(Object.class) : type.resolve(Object.class);
        return report(sentence(property.getName().toString(), property.getValue(), allowed(value)), cause);
    }

    private static FailureAnalysis report(String description, BindException cause) {
        return new FailureAnalysis(description, "Correct the setting; docs/operations.md describes each.", cause);
    }

    private static String sentence(ValidationErrors errors, ObjectError error) {
        if (!(error instanceof FieldError field)) {
            return errors.getName() + ": " + error.getDefaultMessage() + ".";
        }
        String name = Arrays.stream(field.getField().split("\\.", -1)).map(DataObjectPropertyName::toDashedForm)
                .collect(Collectors.joining("."));
        return sentence(errors.getName() + "." + name, field.getRejectedValue(), field.getDefaultMessage());
    }

    private static String sentence(String name, @Nullable Object value, @Nullable String allowed) {
        Object set = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        Object shown = set instanceof Duration time ? DurationStyle.SIMPLE.print(time) : set;
        return name + " is \"" + shown + "\"; it " + allowed + ".";
    }

    /** Words are written in lower case with hyphens. An acronym with digits, such as RS256, is written as it is. */
    private static String label(Enum<?> constant) {
        String name = constant.name();
        return name.matches(".*\\d.*") ? name : name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Describes the allowed values of the type. */
    private static String allowed(Class<?> type) {
        if (type.isEnum()) {
            return "must be one of: " + Arrays.stream(type.getEnumConstants())
                    .map(each -> label((Enum<?>) each)).collect(Collectors.joining(", "));
        }
        return "must be " + ALLOWED.entrySet().stream().filter(each -> each.getKey().isAssignableFrom(type))
                .map(Map.Entry::getValue).findFirst().orElse("of another form");
    }
}
