package dev.confab.adapter.persistence.file.search;

import dev.confab.domain.conversation.OwnerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;

/** Looks for an owner in the files of a search index that no store has open, in deleted documents too. */
public final class OwnersInIndex {
    private OwnersInIndex() {
    }

    /** The segments that have a document of the owner, deleted or not, and the files that belong to no segment of the index. */
    public static List<String> segmentsWith(Directory index, OwnerId owner) throws IOException {
        var found = new ArrayList<String>();
        var left = new HashSet<>(Arrays.asList(index.listAll()));
        left.remove(IndexWriter.WRITE_LOCK_NAME);
        if (DirectoryReader.indexExists(index)) {
            left.removeAll(SegmentInfos.readLatestCommit(index).files(true));
            try (DirectoryReader reader = DirectoryReader.open(index)) {
                for (LeafReaderContext leaf : reader.leaves()) {
                    Terms owners = leaf.reader().terms(SearchDocuments.OWNER);
                    // The dictionary of a segment keeps the terms of deleted documents until the segment is merged.
                    if (owners != null && owners.iterator().seekExact(new BytesRef(owner.value()))) {
                        found.add(((SegmentReader) leaf.reader()).getSegmentName());
                    }
                }
            }
        }
        // Left by a process that was killed: the next start deletes them, or builds the index again.
        left.stream()
                .filter(name -> IndexFileNames.CODEC_FILE_PATTERN.matcher(name).matches()
                        || name.startsWith("segments"))
                .sorted().map(name -> name + " (not in use)").forEach(found::add);
        return found;
    }
}
