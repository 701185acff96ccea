/**
 * What is running, what it allows, and the OpenAPI description.
 */
@NullMarked
package dev.confab.adapter.web.info;

import org.jspecify.annotations.NullMarked;
