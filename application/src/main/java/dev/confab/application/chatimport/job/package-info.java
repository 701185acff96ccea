/**
 * Imports as jobs, which survive the end of a request and of an instance.
 *
 * <p>{@link dev.confab.application.chatimport.job.ImportJobService} stores a file and its job. {@link
 * dev.confab.application.chatimport.job.ImportWorker} claims jobs for this instance, renews the claims, and runs each as an {@link
 * dev.confab.application.chatimport.job.ImportRun}.
 *
 * <p>A run reads the whole file, and imports one chat after the other. Before a chat it records a plan: what a trial of the chat reports.
 * A run that takes over skips what was done before, and runs the chat of the plan again. What the plan was to import, and is there now,
 * the run before has imported. So the report says of every conversation and message what the job did, whoever did it.
 */
@NullMarked
package dev.confab.application.chatimport.job;

import org.jspecify.annotations.NullMarked;
