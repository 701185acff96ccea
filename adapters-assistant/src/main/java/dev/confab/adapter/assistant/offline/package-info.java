/**
 * The assistant that needs no network: it answers from the conversation itself, by plain rules, and obeys a few commands with which
 * everything a turn can meet may be tried: a slow answer, a failure, a tool. What must not live here: a tool, or anything that varies.
 */
@NullMarked
package dev.confab.adapter.assistant.offline;

import org.jspecify.annotations.NullMarked;
