package dev.confab.adapter.persistence.file.repair;

import java.util.List;

/**
 * Files in quarantine that belong together.
 *
 * @param id the conversation, or the name of a part of the journal
 * @param files the names of the files
 * @param bytes their size
 * @param finding whether it can be restored, and why not
 */
public record QuarantineEntry(String id, List<String> files, long bytes, String finding) {
}
