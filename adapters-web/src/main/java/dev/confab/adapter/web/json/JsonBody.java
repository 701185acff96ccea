package dev.confab.adapter.web.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Binds a handler's parameter to the request's JSON body, strictly. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface JsonBody {

    /** Whether a request without a body means the same as one with <code>{}</code>. */
    boolean optional() default false;

    /** Whether the body is bound as it arrives, up to the size of an import, instead of whole. */
    boolean streamed() default false;
}
