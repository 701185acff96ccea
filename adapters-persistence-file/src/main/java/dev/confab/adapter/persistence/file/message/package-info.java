/**
 * The messages of one conversation: those that a checkpoint wrote are lines of its messages file, those that came since are in memory.
 *
 * <ol>
 * <li>A commit makes new {@link dev.confab.adapter.persistence.file.message.StoredMessages}: appended messages go to the
 * {@link dev.confab.adapter.persistence.file.message.Tail}, edited ones into a map over the file.
 * <li>{@link dev.confab.adapter.persistence.file.message.MessageReader} reads both as one list, by position or by id.
 * <li>A checkpoint lets {@link dev.confab.adapter.persistence.file.message.MessagesFileWriter} append the tail to the file or, after an
 * edit or a truncation, write a file of the next generation.
 * </ol>
 */
@NullMarked
package dev.confab.adapter.persistence.file.message;

import org.jspecify.annotations.NullMarked;
