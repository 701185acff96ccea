package dev.confab.adapter.chatexport.file;

import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * What a file to import contains.
 *
 * @param name of the file, without its ending
 * @param isArchive whether the file has entries of its own
 */
public record ExportContents(String name, boolean isArchive, List<Entry> entries) {
    /** Each entry takes 46 bytes and its name: room for about 100,000. */
    private static final long MAX_DIRECTORY_BYTES = 8L << 20;

    public ExportContents {
        entries = List.copyOf(entries);
    }

    /** Throws {@link ChatExportRejected} for an archive that cannot be read or has too many entries. */
    public static ExportContents of(ChatFile file) {
        return isZip(file)
                ? ofZip(file)
                : new ExportContents(withoutEnding(file.name()), false,
                        List.of(new Entry(file.name(), () -> new FileStream(file))));
    }

    private static boolean isZip(ChatFile file) {
        byte[] first = new byte[4];
        int filled = 0;
        for (int read; filled < first.length
                && (read = file.read(filled, first, filled, first.length - filled)) > 0;) {
            filled += read;
        }
        boolean pk = filled == first.length && first[0] == 'P' && first[1] == 'K';
        return pk && (first[2] == 3 && first[3] == 4 || first[2] == 5 && first[3] == 6);
    }

    @SuppressWarnings("resource") // The channel has nothing to close, and the entries read from it as long as they are used.
    private static ExportContents ofZip(ChatFile file) {
        long directory = CentralDirectory.bytes(file)
                .orElseThrow(() -> damaged(file, "its list of entries is missing"));
        if (directory > MAX_DIRECTORY_BYTES) {
            throw ChatExportRejected.because(file.name() + " has too many entries, or longer names than an export has");
        }
        try {
            var zip = ZipFile.builder().setSeekableByteChannel(new FileChannelView(file))
                    .setIgnoreLocalFileHeader(true).get();
            return new ExportContents(withoutEnding(file.name()), true, entries(zip));
        } catch (IOException | RuntimeException e) {
            // The library throws several kinds of exceptions for lists that are damaged.
            throw e instanceof ChatExportRejected rejected ? rejected : damaged(file, reason(e));
        }
    }

    private static List<Entry> entries(ZipFile zip) {
        var budget = new ArchiveBudget();
        var entries = new ArrayList<Entry>();
        for (ZipArchiveEntry each : Collections.list(zip.getEntries())) {
            if (!each.isDirectory()) {
                entries.add(new Entry(each.getName(), () -> budget.bounded(stream(zip, each), each.getName(),
                        each.getCompressedSize())));
            }
        }
        return entries;
    }

    private static InputStream stream(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        try {
            return zip.getInputStream(entry);
        } catch (RuntimeException damaged) {
            throw new IOException(reason(damaged), damaged);
        }
    }

    private static ChatExportRejected damaged(ChatFile file, String reason) {
        return ChatExportRejected.because(file.name() + " is a damaged archive: " + reason);
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String withoutEnding(String name) {
        return name.replaceFirst("\\.[A-Za-z]{1,5}$", "");
    }
}
