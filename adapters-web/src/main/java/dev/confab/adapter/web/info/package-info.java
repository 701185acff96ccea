/**
 * Information on the running service, and the OpenAPI description.
 */
@NullMarked
package dev.confab.adapter.web.info;

import org.jspecify.annotations.NullMarked;
