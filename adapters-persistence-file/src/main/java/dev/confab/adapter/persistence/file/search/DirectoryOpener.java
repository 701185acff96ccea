package dev.confab.adapter.persistence.file.search;

import java.io.IOException;
import org.apache.lucene.store.Directory;

/** Opens the directory of the index, and creates it when it is missing. */
@FunctionalInterface
public interface DirectoryOpener {
    Directory open() throws IOException;
}
