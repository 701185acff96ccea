/**
 * The entries of a file to import: of an archive several, of any other file one. An archive comes from outside, so everything it says
 * has a bound, and its paths only name entries; nothing is ever unpacked.
 */
@NullMarked
package dev.confab.adapter.chatexport.file;

import org.jspecify.annotations.NullMarked;
