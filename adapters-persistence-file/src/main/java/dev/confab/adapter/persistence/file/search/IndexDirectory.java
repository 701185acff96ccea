package dev.confab.adapter.persistence.file.search;

import java.io.IOException;
import java.util.Map;
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

/** The files of the search index. Each version of them holds the number of the last commit that it contains. */
record IndexDirectory(DirectoryOpener opener) {
    private static final Logger LOG = LoggerFactory.getLogger(IndexDirectory.class);
    private static final String COMMIT = "commit";

    /** @param commit the last commit that the index contains; 0 when it is empty */
    record Opened(IndexWriter writer, long commit) {
    }

    /** The last commit that the stored index contains; 0 when there is none or it cannot be read. */
    long lastCommit() {
        try {
            Directory directory = opener.open();
            return DirectoryReader.indexExists(directory)
                    ? number(SegmentInfos.readLatestCommit(directory).getUserData())
                    : 0;
        } catch (IOException | RuntimeException e) {
            LOG.warn("Search index: it cannot be read and will be built again: {}", e.toString());
            return 0;
        }
    }

    /** Opens the index for writing. A missing or damaged one is replaced by an empty one. */
    Opened open() throws IOException {
        // Again, because somebody may have removed the directory since.
        Directory directory = opener.open();
        try {
            if (DirectoryReader.indexExists(directory)) {
                long commit = verify(directory);
                return new Opened(writer(directory, IndexWriterConfig.OpenMode.APPEND), commit);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Search index: it is damaged and is built again from the conversations: {}", e.toString());
        }
        for (String file : directory.listAll()) {
            directory.deleteFile(file);
        }
        return new Opened(writer(directory, IndexWriterConfig.OpenMode.CREATE), 0);
    }

    private static long verify(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                ((SegmentReader) leaf.reader()).checkIntegrity();
            }
            return number(reader.getIndexCommit().getUserData());
        }
    }

    private static long number(Map<String, String> data) {
        return Long.parseLong(data.getOrDefault(COMMIT, "0"));
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
        writer.setLiveCommitData(Map.of(COMMIT, Long.toString(lastCommit)).entrySet());
        writer.commit();
    }
}
