package dev.confab.adapter.web.importjob;

import dev.confab.domain.archive.ByteSource;
import java.util.Optional;

/**
 * The uploaded file, as it arrives.
 *
 * @param fileName if the client gave the part of a multipart body one
 */
record ImportUpload(Optional<String> fileName, ByteSource bytes) {
}
