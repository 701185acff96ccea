package dev.confab.adapter.persistence.file.search;

import dev.confab.domain.terms.Terms;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the search index. Each version of them holds the number of the last commit that it contains, and the format that it has. An
 * index of another format is replaced: its terms are not those of today's queries.
 */
record IndexDirectory(DirectoryOpener opener) {
    private static final Logger LOG = LoggerFactory.getLogger(IndexDirectory.class);
    private static final String COMMIT = "commit";
    private static final String FORMAT = "format";
    /** Changes with the tokenizer and with the fields of the documents. An index of before there was one has none. */
    private static final String CURRENT_FORMAT = Terms.VERSION + "." + SearchDocuments.VERSION;

    /** @param commit the last commit that the index contains; 0 when it is empty */
    record Opened(IndexWriter writer, long commit) {
    }

    /** The last commit that the stored index contains; 0 when there is none or it cannot be read. */
    long lastCommit() {
        try {
            Directory directory = opener.open();
            return DirectoryReader.indexExists(directory)
                    ? commit(SegmentInfos.readLatestCommit(directory).getUserData())
                    : 0;
        } catch (IOException | RuntimeException e) {
            LOG.warn("Search index: it cannot be read and will be built again: {}", e.toString());
            return 0;
        }
    }

    /** Opens the index for writing. One that is missing, damaged or of another format is replaced by an empty one. */
    Opened open() throws IOException {
        // Again, because somebody may have removed the directory since.
        Directory directory = opener.open();
        try {
            if (DirectoryReader.indexExists(directory)) {
                Optional<Long> commit = verify(directory);
                if (commit.isPresent()) {
                    return new Opened(writer(directory, IndexWriterConfig.OpenMode.APPEND), commit.get());
                }
                LOG.info("Search index: its format is not {}; it is built again from the conversations",
                        CURRENT_FORMAT);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Search index: it is damaged and is built again from the conversations: {}", e.toString());
        }
        for (String file : directory.listAll()) {
            directory.deleteFile(file);
        }
        return new Opened(writer(directory, IndexWriterConfig.OpenMode.CREATE), 0);
    }

    /** The last commit that it contains; empty when the index has another format. */
    private static Optional<Long> verify(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            Map<String, String> data = reader.getIndexCommit().getUserData();
            if (!isCurrent(data)) {
                return Optional.empty();
            }
            for (LeafReaderContext leaf : reader.leaves()) {
                ((SegmentReader) leaf.reader()).checkIntegrity();
            }
            return Optional.of(commit(data));
        }
    }

    private static boolean isCurrent(Map<String, String> data) {
        return CURRENT_FORMAT.equals(data.get(FORMAT));
    }

    private static long commit(Map<String, String> data) {
        return isCurrent(data) ? Long.parseLong(data.getOrDefault(COMMIT, "0")) : 0;
    }

    private static IndexWriter writer(Directory directory, IndexWriterConfig.OpenMode mode) throws IOException {
        return new IndexWriter(directory, new IndexWriterConfig().setOpenMode(mode).setCommitOnClose(false)
                .setRAMBufferSizeMB(16).setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0)));
    }

    /** Writes the segments with deleted documents anew, without them, and makes the index durable; then nothing needs the old files. */
    static void removeDeleted(IndexWriter writer, long lastCommit, SearcherManager searchers) throws IOException {
        writer.forceMergeDeletes();
        commit(writer, lastCommit);
        searchers.maybeRefreshBlocking();
        writer.deleteUnusedFiles();
    }

    /** Makes the index durable. */
    static void commit(IndexWriter writer, long lastCommit) throws IOException {
        writer.setLiveCommitData(Map.of(COMMIT, Long.toString(lastCommit), FORMAT, CURRENT_FORMAT).entrySet());
        writer.commit();
    }
}
