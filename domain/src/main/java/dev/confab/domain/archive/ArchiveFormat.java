package dev.confab.domain.archive;

import java.util.Optional;

/** How the lines of an archive become bytes, and lines again. It does not check their order. */
public interface ArchiveFormat {

    /** Begins to write an archive. */
    Writer writer(ByteSink out);

    /** Begins to read an archive. */
    Reader reader(ByteSource in);

    /** Writes lines. */
    interface Writer {
        void write(ArchiveLine line);

        /** Hands on everything written so far, so that an archive that is cut later has it. */
        void flush();

        /** Ends the archive's bytes. */
        void end();
    }

    /** Reads lines. */
    interface Reader {
        /**
         * The next line; empty at the end of the bytes. Throws {@link ArchiveDamaged} when the bytes end within a line or are not a valid
         * line.
         */
        Optional<ArchiveLine> next();
    }
}
