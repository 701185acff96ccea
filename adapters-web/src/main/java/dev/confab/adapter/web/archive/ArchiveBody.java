package dev.confab.adapter.web.archive;

import dev.confab.domain.archive.ByteSource;

/** The body of a request that is an archive, as it arrives. */
record ArchiveBody(ByteSource bytes) {
}
