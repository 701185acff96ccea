/**
 * The whole application in a process of its own, driven over HTTP and treated badly: killed, crowded, starved of disk. Every
 * test here starts real servers; what can be shown within one process belongs elsewhere.
 */
@NullMarked
package dev.confab.bootstrap.campaign;

import org.jspecify.annotations.NullMarked;
