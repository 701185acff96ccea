/**
 * Imports of what other applications exported: a file is uploaded, and a job imports it. {@link
 * dev.confab.adapter.web.importjob.ImportUploads} opens the body, raw or as multipart; nothing keeps it in memory.
 */
@NullMarked
package dev.confab.adapter.web.importjob;

import org.jspecify.annotations.NullMarked;
