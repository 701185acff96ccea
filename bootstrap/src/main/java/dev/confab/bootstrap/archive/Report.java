package dev.confab.bootstrap.archive;

import dev.confab.adapter.web.archive.ImportReportJson;
import dev.confab.adapter.web.archive.ImportReportJson.ConversationIdsJson;
import dev.confab.bootstrap.archive.VerifyView.IdsView;
import dev.confab.bootstrap.failure.ExitStatus;
import java.io.PrintWriter;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints the result of a command, for a person or as JSON, and returns the exit status: that of wrong data if anything is missing or
 * different.
 */
record Report(PrintWriter out, boolean json) {
    static final JsonMapper JSON = new JsonMapper();

    int of(ExportView done, String file) {
        print(done, () -> {
            out.println("Exported " + done.conversations() + " conversations with " + done.messages()
                    + " messages to " + file + ".");
            out.println("Digest " + done.digest());
            if (!done.complete()) {
                out.println(done.missingCount() + " conversations are missing:");
                done.missing().forEach(one -> out.println("  " + one.id() + ": " + one.reason()));
            }
        });
        return status(done.complete());
    }

    int of(ImportReportJson done) {
        print(done, () -> {
            out.println("Imported " + done.imported() + " conversations; " + done.equal() + " were here already.");
            print("were here with another content and were left as they are", done.conflicts());
            print("are too large for one commit and were not imported", done.tooLarge());
            print("do not match their digest or are invalid, and were not imported", done.invalid());
            print("were missing in the archive", done.missing());
            if (done.damage() != null) {
                out.println("The archive ends early: " + done.damage()
                        + ". The conversations before that place were imported; import the"
                        + " archive again when it is whole.");
            }
        });
        return status(done.complete());
    }

    int of(VerifyView done) {
        print(done, () -> {
            out.println(done.same()
                    ? "Equal: " + done.equal() + " conversations."
                    : "Not equal; " + done.equal() + " conversations are.");
            print("are missing in the target", done.missing());
            print("are in the target only", done.surplus());
            print("are different, or cannot be read on one side", done.different());
        });
        return status(done.same());
    }

    private void print(Object value, Runnable text) {
        if (json) {
            out.println(JSON.writeValueAsString(value));
        } else {
            text.run();
        }
        out.flush();
    }

    private void print(String what, ConversationIdsJson some) {
        print(what, some.count(), some.ids());
    }

    private void print(String what, IdsView some) {
        print(what, some.count(), some.ids());
    }

    private void print(String what, long count, List<String> ids) {
        if (count > 0) {
            out.println(count + " conversations " + what + ":");
            ids.forEach(id -> out.println("  " + id));
            if (count > ids.size()) {
                out.println("  and " + (count - ids.size()) + " more");
            }
        }
    }

    private static int status(boolean well) {
        return (well ? ExitStatus.OK : ExitStatus.DATA).code();
    }
}
