package dev.confab.bootstrap.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;

/** The standard output. It keeps why writing failed, which {@link PrintWriter} does not say. */
public final class ResultWriter extends PrintWriter {
    private final KeptFailure failure;

    ResultWriter(OutputStream out, Charset charset) {
        this(new KeptFailure(out), charset);
    }

    private ResultWriter(KeptFailure out, Charset charset) {
        super(new OutputStreamWriter(out, charset), true);
        this.failure = out;
    }

    /** The standard output as it was when the process started: the log of a command goes elsewhere. */
    public static ResultWriter ofStandardOutput() {
        return new ResultWriter(new FileOutputStream(FileDescriptor.out), System.out.charset());
    }

    /**
     * Why results were lost; empty if they were written. A reader that has read enough, such as {@code head}, closes the pipe: nothing is
     * lost then.
     */
    Optional<IOException> lost() {
        flush();
        return failure.first.filter(
                e -> !String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe"));
    }

    private static final class KeptFailure extends FilterOutputStream {
        private Optional<IOException> first = Optional.empty();

        KeptFailure(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                first = first.or(() -> Optional.of(e));
                throw e;
            }
        }
    }
}
