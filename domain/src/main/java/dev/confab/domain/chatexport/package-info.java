/**
 * What other chat applications export, as Confab takes it in: files become {@link dev.confab.domain.chatexport.ExportedChat chats} with
 * {@link dev.confab.domain.chatexport.ExportedMessage messages}, whatever the format.
 *
 * <p>The port is {@link dev.confab.domain.chatexport.ChatExportReader}. It passes one chat after the other to a
 * {@link dev.confab.domain.chatexport.ChatSink}, and with each what could not be read. What becomes of a chat here is decided by the
 * application.
 */
@NullMarked
package dev.confab.domain.chatexport;

import org.jspecify.annotations.NullMarked;
