package dev.confab.domain.chatexport;

import java.util.List;

/** Reads the exports of other chat applications. It holds one chat in memory at most, and no more of it than a fixed limit. */
public interface ChatExportReader {

    /** The names of the formats, in the order in which they are tried. */
    List<String> formats();

    /**
     * Passes everything in the file to the sink, in the order of the file. What is damaged is refused with its place, and reading goes on
     * where that is possible.
     *
     * @throws ChatExportRejected if nothing of the file can be read: it is in none of the formats, is empty, or needs a parameter
     */
    void read(ChatFile file, ReadingOptions options, ChatSink sink);
}
