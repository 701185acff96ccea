/**
 * Archives as files: {@link dev.confab.adapter.persistence.file.archive.GzipArchiveFormat} writes each line as a line of JSON, in the same
 * forms as the data directory, and compresses all of them with gzip. An archive can come from any store and go to any other.
 *
 * <p>Gzip, because the JDK has it and every system can read it with a command; a program that is killed leaves a file whose beginning
 * can be read.
 */
@NullMarked
package dev.confab.adapter.persistence.file.archive;

import org.jspecify.annotations.NullMarked;
