package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;

/** The heap of a running Java process on this machine. */
public record LiveHeap(String pid) {

    /** The bytes that are left after a full collection, which a histogram of the live objects includes. */
    public long bytes() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, pid, "GC.class_histogram").redirectErrorStream(true).start();
        String last = "";
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() ? last : line;
            }
        }
        String[] columns = last.strip().split("\\s+", -1);
        if (process.waitFor() != 0 || !columns[0].equals("Total")) {
            throw new IOException("jcmd does not read the heap of process " + pid + ": " + last);
        }
        return Long.parseLong(columns[2]);
    }
}
