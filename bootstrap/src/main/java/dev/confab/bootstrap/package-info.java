/**
 * Puts the application together: main, settings and the {@code @Bean} methods that join the use cases to a store and to the web.
 *
 * <p>The only package that knows which adapters there are. What must not live here: anything that would still be needed with
 * other adapters.
 */
@NullMarked
package dev.confab.bootstrap;

import org.jspecify.annotations.NullMarked;
