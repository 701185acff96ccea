package dev.confab.adapter.web.archive;

import dev.confab.adapter.web.json.RequestBodies;
import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.Archives;
import dev.confab.application.Archives.Exported;
import dev.confab.application.Archives.Imported;
import dev.confab.application.Archives.Selection;
import dev.confab.domain.archive.ArchiveDamaged;
import dev.confab.domain.conversation.ConversationId;
import dev.confab.domain.conversation.OwnerId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Moves the whole store: out as an archive, and in from one. */
@RestController
final class ArchivesController {
    private final Archives archives;
    private final AuditLog audit;
    private final WebSettings settings;
    /** Each holds a conversation in memory, and an import as many bytes as a commit. So one of each kind runs at a time. */
    private final Semaphore exports = new Semaphore(1);
    private final Semaphore imports = new Semaphore(1);

    ArchivesController(Archives archives, AuditLog audit, WebSettings settings) {
        this.archives = archives;
        this.audit = audit;
        this.settings = settings;
    }

    /** The last line of the archive shows that it is complete: an export that failed has none. */
    @GetMapping(path = ApiPaths.EXPORT, produces = RequestBodies.ARCHIVE)
    @UnsupportedHeader(value = Caller.OWNER_HEADER, advice = Caller.NOT_FOR_ADMIN)
    void export(Caller caller, @RequestParam Optional<OwnerId> owner, @RequestParam Optional<ConversationId> after,
            HttpMethod method, HttpServletResponse response) throws IOException {
        response.setContentType(RequestBodies.ARCHIVE);
        if (method.equals(HttpMethod.HEAD)) {
            return;
        }
        alone(exports, "export", () -> {
            audit.exportStarted(caller.name(), owner, after);
            Exported written = write(response, new Selection(owner, after));
            audit.exported(caller.name(), written);
            return written;
        });
    }

    private Exported write(HttpServletResponse response, Selection selection) {
        try {
            OutputStream out = response.getOutputStream();
            return archives.export(selection, (bytes, offset, length) -> {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }, _ -> {
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PostMapping(path = ApiPaths.IMPORT, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(value = Caller.OWNER_HEADER, advice = Caller.NOT_FOR_ADMIN)
    ImportReportJson importing(Caller caller, ArchiveBody body) throws IOException {
        return alone(imports, "import", () -> {
            audit.importStarted(caller.name());
            Imported done = archives.importAll(body.bytes(), _ -> {
            });
            audit.imported(caller.name(), done);
            return ImportReportJson.from(done);
        });
    }

    private <T> T alone(Semaphore permits, String what, Supplier<T> work) throws IOException {
        if (!permits.tryAcquire()) {
            throw ProblemException.later(ProblemCode.OVERLOADED, "Another " + what + " of the whole store is running.",
                    true, settings.retryAfter());
        }
        try {
            return work.get();
        } catch (ArchiveDamaged noArchive) {
            throw ProblemException.invalid("The body cannot be imported: " + noArchive.getMessage() + ".");
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        } finally {
            permits.release();
        }
    }
}
