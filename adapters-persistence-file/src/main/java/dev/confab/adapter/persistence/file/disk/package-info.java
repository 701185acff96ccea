/**
 * Files and directories: the names in a data directory, the few operations the store needs of a file system, and the place for what
 * could not be read. {@link dev.confab.adapter.persistence.file.disk.Disk} is the interface that tests replace, so that any operation can
 * fail and a crash loses what was not forced. A {@link dev.confab.adapter.persistence.file.disk.DirectoryLock} notices when the directory
 * is moved or replaced.
 *
 * <p>Only {@link dev.confab.adapter.persistence.file.disk.RealDisk} calls {@code java.nio.file.Files} and channels. This package
 * does not read the contents of files.
 */
@NullMarked
package dev.confab.adapter.persistence.file.disk;

import org.jspecify.annotations.NullMarked;
