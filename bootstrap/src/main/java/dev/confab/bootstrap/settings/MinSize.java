package dev.confab.bootstrap.settings;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** The annotated size must be at least this, written as in a setting: {@code 64KB}. Jakarta Validation has no such constraint. */
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = MinSize.Check.class)
public @interface MinSize {
    String value();

    String message() default "must be at least {value}";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Compares the sizes in bytes. */
    final class Check implements ConstraintValidator<MinSize, DataSize> {
        private DataSize least = DataSize.ofBytes(0);

        @Override
        public void initialize(MinSize constraint) {
            least = DataSize.parse(constraint.value());
        }

        /** A size that is not set is valid, as with every constraint. */
        @Override
        public boolean isValid(@Nullable DataSize size, ConstraintValidatorContext context) {
            return size == null || size.compareTo(least) >= 0;
        }
    }
}
