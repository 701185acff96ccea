/**
 * An archive: a store, or everything that one owner has, as a sequence of lines that another store can take over.
 *
 * <p>{@link dev.confab.domain.archive.ArchiveLine} names the kinds of lines and their order. {@link dev.confab.domain.archive.ContentDigest}
 * makes two conversations comparable without their texts. How lines become bytes is said by a port, {@code ArchiveFormat};
 * where the messages of a long import wait until they are stored, by {@code MessageSpool}.
 */
@NullMarked
package dev.confab.domain.archive;

import org.jspecify.annotations.NullMarked;
