/**
 * Generates {@code docs/contract.md} and checks that it is up to date.
 */
@NullMarked
package dev.confab.adapter.persistence.contract.document;

import org.jspecify.annotations.NullMarked;
