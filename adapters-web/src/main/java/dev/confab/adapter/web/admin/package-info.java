/**
 * Managing the service by HTTP: API keys. Every call under {@code /api/v1/admin} needs the scope {@code admin}, which the filters of
 * {@code security} check.
 */
@NullMarked
package dev.confab.adapter.web.admin;

import org.jspecify.annotations.NullMarked;
