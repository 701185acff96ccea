/** Tests of the choice of the server. */
@NullMarked
package dev.confab.testsupport.postgres.server;

import org.jspecify.annotations.NullMarked;
