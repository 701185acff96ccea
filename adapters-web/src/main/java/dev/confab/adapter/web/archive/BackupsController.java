package dev.confab.adapter.web.archive;

import dev.confab.adapter.web.json.JsonBody;
import dev.confab.adapter.web.json.NoMembers;
import dev.confab.adapter.web.log.AuditLog;
import dev.confab.adapter.web.problem.ProblemCode;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.request.Caller;
import dev.confab.adapter.web.request.UnsupportedHeader;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.Archives.Backups;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Backups of the store that runs. */
@RestController
final class BackupsController {
    private final Backups backups;
    private final AuditLog audit;
    private final WebSettings settings;
    /** While one is made, checkpoints delete nothing: two would keep that up longer. */
    private final Semaphore running = new Semaphore(1);

    BackupsController(Backups backups, AuditLog audit, WebSettings settings) {
        this.backups = backups;
        this.audit = audit;
        this.settings = settings;
    }

    @PostMapping(path = ApiPaths.BACKUP, produces = MediaType.APPLICATION_JSON_VALUE)
    @UnsupportedHeader(value = Caller.OWNER_HEADER, advice = Caller.NOT_FOR_ADMIN)
    ResponseEntity<BackupJson> make(Caller caller, @JsonBody(optional = true) NoMembers body) {
        if (!running.tryAcquire()) {
            throw ProblemException.later(ProblemCode.OVERLOADED, "Another backup is being made.", true,
                    settings.retryAfter());
        }
        try {
            Backups.Made made = backups.make();
            audit.backupMade(caller.name(), made.location());
            return ResponseEntity.status(HttpStatus.CREATED).body(BackupJson.from(made));
        } catch (Backups.Unavailable e) {
            throw new ProblemException(ProblemCode.BACKUP_UNAVAILABLE, String.valueOf(e.getMessage()));
        } finally {
            running.release();
        }
    }
}
