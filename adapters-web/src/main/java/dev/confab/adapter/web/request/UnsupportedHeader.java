package dev.confab.adapter.web.request;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A header that this handler does not support. A request with it is rejected, because its client relies on it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(UnsupportedHeader.Several.class)
public @interface UnsupportedHeader {
    String value();

    /** What to do instead; may be empty. */
    String advice() default "";

    /** What Java needs for more than one header. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Several {
        UnsupportedHeader[] value();
    }
}
