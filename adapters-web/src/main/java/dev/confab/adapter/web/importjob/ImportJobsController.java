package dev.confab.adapter.web.importjob;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.request.IdempotencyKey;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.response.PageJson;
import dev.confab.adapter.web.settings.UploadSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.ImportJobs;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.erasure.FencingToken;
import dev.confab.domain.importjob.ImportJob;
import dev.confab.domain.importjob.ImportJobId;
import dev.confab.domain.importjob.ImportJobIdReused;
import dev.confab.domain.importjob.ImportParameters;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Imports files that other applications exported, in jobs. */
@RestController
final class ImportJobsController {
    private static final String UNNAMED = "upload";

    private final ImportJobs jobs;
    private final WebSettings settings;
    private final JsonMapper json;
    /** Before the end of an upload, up to a chat of it is in memory, to see what it is. */
    private final Semaphore uploads;

    ImportJobsController(ImportJobs jobs, WebSettings settings, UploadSettings limits, JsonMapper json) {
        this.jobs = jobs;
        this.settings = settings;
        this.json = json;
        this.uploads = new Semaphore(limits.atOnce());
    }

    @PostMapping(path = ApiPaths.IMPORT_JOBS, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ResponseEntity<ImportJobJson> create(FencingToken token, @RequestParam Optional<String> name,
            @RequestParam Optional<String> format, @RequestParam Optional<ZoneId> zone,
            @RequestParam Optional<DateOrder> dateOrder, @RequestParam Optional<Boolean> dryRun, IdempotencyKey key,
            ImportUpload upload) throws IOException {
        var parameters = new ImportParameters(name.or(upload::fileName).orElse(UNNAMED),
                format.filter(given -> !given.equals("auto")), zone, dateOrder, dryRun.orElse(false));
        if (!uploads.tryAcquire()) {
            throw ProblemException.later(ProblemCode.OVERLOADED,
                    "As many files are uploaded as the server takes at once.",
                    true, settings.retryAfter());
        }
        try {
            ImportJob job = jobs.create(token, key.unless(Optional.empty(), ImportJobIdReused.class), parameters,
                    upload.bytes()).value();
            return ResponseEntity.status(HttpStatus.ACCEPTED).location(ApiPaths.of(ApiPaths.IMPORT_JOB, job.id()))
                    .body(ImportJobJson.from(job));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        } finally {
            uploads.release();
        }
    }

    /** All on one page: an owner has few. */
    @GetMapping(path = ApiPaths.IMPORT_JOBS, produces = MediaType.APPLICATION_JSON_VALUE)
    PageJson<ImportJobJson> list(OwnerId owner) {
        return new PageJson<>(jobs.list(owner).stream().map(ImportJobJson::from).toList(), null);
    }

    @GetMapping(path = ApiPaths.IMPORT_JOB, produces = MediaType.APPLICATION_JSON_VALUE)
    ImportJobJson get(OwnerId owner, @PathVariable ImportJobId importId) {
        return ImportJobJson.from(jobs.get(owner, importId));
    }

    @PostMapping(path = ApiPaths.IMPORT_JOB + "/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(HttpHeaders.IF_MATCH)
    ImportJobJson cancel(OwnerId owner, @PathVariable ImportJobId importId,
            @JsonBody(optional = true) NoMembers body) {
        return ImportJobJson.from(jobs.cancel(owner, importId));
    }

    /** A line for each item, while it is read: a report may be long. */
    @GetMapping(path = ApiPaths.IMPORT_JOB + "/report", produces = MediaType.APPLICATION_NDJSON_VALUE)
    void report(OwnerId owner, @PathVariable ImportJobId importId, HttpMethod method, HttpServletResponse response)
            throws IOException {
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        if (method.equals(HttpMethod.HEAD)) {
            jobs.get(owner, importId);
            return;
        }
        OutputStream out = response.getOutputStream();
        try {
            jobs.report(owner, importId, item -> {
                try {
                    out.write(json.writeValueAsBytes(ImportItemJson.from(item)));
                    out.write('\n');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }
}
