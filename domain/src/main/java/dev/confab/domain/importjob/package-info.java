/**
 * Jobs that import what other chat applications exported. An {@link dev.confab.domain.importjob.ImportJob} belongs to an owner, and its
 * file is kept until it has ended. One instance of the service at a time runs it; another one goes on when that one has crashed.
 */
@NullMarked
package dev.confab.domain.importjob;

import org.jspecify.annotations.NullMarked;
