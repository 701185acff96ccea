/**
 * WhatsApp's exports: plain text that depends on the phone's system and language. A file is read twice. The first time finds out in which
 * {@link dev.confab.adapter.chatexport.whatsapp.DateOrders order} dates are written and who writes, from the
 * {@link dev.confab.adapter.chatexport.whatsapp.Header headers} of messages; the second time makes messages.
 */
@NullMarked
package dev.confab.adapter.chatexport.whatsapp;

import org.jspecify.annotations.NullMarked;
