/**
 * Moving stores. {@link dev.confab.application.archive.ArchiveService} implements the use cases: it reads each conversation with a
 * {@link dev.confab.application.archive.StoredSnapshot}, writes it with an {@link dev.confab.application.archive.ArchiveOutput}, and reads
 * archives with an {@link dev.confab.application.archive.ArchiveInput}, which checks their order, counts and digests.
 */
@NullMarked
package dev.confab.application.archive;

import org.jspecify.annotations.NullMarked;
