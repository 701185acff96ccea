/** The clauses about sessions and turns: storing them, one unfinished turn, the fence around a turn, expiry. */
@NullMarked
package dev.confab.adapter.persistence.contract.clause.session;

import org.jspecify.annotations.NullMarked;
