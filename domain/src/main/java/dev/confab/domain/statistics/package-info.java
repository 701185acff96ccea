/**
 * What can be counted in conversations: who wrote how much and when, who answers whom and how fast, and which words, emoji and media are
 * used.
 *
 * <p>A {@link dev.confab.domain.statistics.Tally} takes the messages of one conversation in their order and makes a
 * {@link dev.confab.domain.statistics.Summary}, whose size is bounded whatever the conversation holds. Summaries of several conversations
 * add up to one. A {@link dev.confab.domain.statistics.StatisticsReport} is what a summary says, sorted and cut to what a person reads.
 */
@NullMarked
package dev.confab.domain.statistics;

import org.jspecify.annotations.NullMarked;
