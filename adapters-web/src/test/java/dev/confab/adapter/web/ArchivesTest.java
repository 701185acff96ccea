package dev.confab.adapter.web;

import static dev.confab.domain.access.Scope.ADMIN;
import static dev.confab.domain.access.Scope.READ;
import static dev.confab.domain.access.Scope.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.persistence.contract.harness.TestThreads;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The routes that move the whole store. */
@ExtendWith(OutputCaptureExtension.class)
class ArchivesTest extends KeyTest {
    private static final String GZIP = "application/gzip";

    @Test
    void an_export_can_be_imported_and_both_are_in_the_audit_log(CapturedOutput output) throws Exception {
        String owner = "mover-" + UUID.randomUUID();
        String user = key(owner, READ, WRITE);
        String id = post("/conversations", "{\"messages\":[" + draft("to be moved") + "]}", AUTHORIZATION, user)
                .expect(201).text("id");
        String admin = key("root", ADMIN);

        HttpResponse<byte[]> exported = export("?owner=" + owner, admin);
        assertThat(exported.statusCode()).isEqualTo(200);
        assertThat(exported.headers().firstValue("Content-Type")).contains(GZIP);
        Reply same = importing(exported.body(), admin).expect(200);
        assertThat(same.json().toString()).startsWith("{\"complete\":true,\"imported\":0,\"equal\":1,");

        delete("/conversations/" + id, AUTHORIZATION, user).expect(204);
        Reply conflict = importing(exported.body(), admin).expect(200);
        assertThat(conflict.json().get("complete").booleanValue()).isFalse();
        assertThat(conflict.json().at("/conflicts/ids/0").stringValue()).isEqualTo(id);
        delete("/conversations/" + id + "?purge=true", AUTHORIZATION, user).expect(204);
        Reply moved = importing(exported.body(), admin).expect(200);
        assertThat(moved.json().toString()).startsWith("{\"complete\":true,\"imported\":1,\"equal\":0,");
        assertThat(get("/conversations/" + id + "/messages", AUTHORIZATION, user).expect(200).body())
                .contains("to be moved");

        assertThat(output.getOut().lines().filter(line -> line.contains("owner=" + owner)))
                .anyMatch(line -> line.contains("Export of the store started") && line.contains("by=key "));
        assertThat(output).contains("Export of the store ended: conversations=1 messages=1 missing=0",
                "Import into the store started: by=key ", "Import into the store ended: imported=1 equal=0");
    }

    @Test
    void an_export_continues_after_an_id_and_an_archive_that_is_cut_is_not_complete() throws Exception {
        String owner = "cut-" + UUID.randomUUID();
        String user = key(owner, WRITE);
        for (int i = 0; i < 3; i++) {
            post("/conversations", "{\"messages\":[" + draft("text " + i) + "]}", AUTHORIZATION, user).expect(201);
        }
        String admin = key("root", ADMIN);

        byte[] whole = export("?owner=" + owner, admin).body();
        Reply part = importing(Arrays.copyOf(whole, whole.length / 2), admin).expect(200);
        assertThat(part.json().get("complete").booleanValue()).isFalse();
        assertThat(part.json().get("damage").stringValue()).contains("cut");
        byte[] rest = export("?owner=" + owner + "&after=ffffffff-ffff-ffff-ffff-ffffffffffff", admin).body();
        assertThat(rest.length).isLessThan(whole.length);
        assertThat(importing(rest, admin).expect(200).json().get("equal").intValue()).isZero();
    }

    @Test
    void only_an_administrator_may_move_the_store_and_only_as_an_archive() throws Exception {
        String user = key("ann", READ, WRITE);
        String admin = key("root", ADMIN);

        get("/admin/export", AUTHORIZATION, user).expectProblem(403, "insufficient-scope");
        importing(new byte[4], user).expectProblem(403, "insufficient-scope");
        get("/admin/export?owner=", AUTHORIZATION, admin).expectProblem(400, "invalid-request");
        get("/admin/export?after=x", AUTHORIZATION, admin).expectProblem(400, "invalid-request");
        get("/admin/export?limit=1", AUTHORIZATION, admin).expectProblem(400, "invalid-request");
        post("/admin/import", "{}", AUTHORIZATION, admin).expectProblem(415, "unsupported-media-type");
        importing(new byte[]{1, 2, 3}, admin).expectProblem(400, "invalid-request");
        importing(new byte[0], admin).expectProblem(400, "invalid-request");
        post("/admin/backup", "{}", AUTHORIZATION, user).expectProblem(403, "insufficient-scope");
        post("/admin/backup", "{}", AUTHORIZATION, admin).expectProblem(409, "backup-unavailable");
        call("HEAD", "/admin/export", BodyPublishers.noBody(), AUTHORIZATION, admin).expect(200);
    }

    @Test
    void one_import_runs_at_a_time(CapturedOutput output) throws Exception {
        String admin = key("root", ADMIN);
        byte[] archive = export("?owner=nobody", admin).body();
        try (Socket slow = new Socket("127.0.0.1", port)) {
            slow.setSoTimeout(60_000);
            OutputStream out = slow.getOutputStream();
            out.write(
                    ("POST /api/v1/admin/import HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nX-Request-Id: slow-import\r\nAuthorization: "
                            + admin
                            + "\r\nContent-Type: " + GZIP + "\r\nContent-Length: " + archive.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            out.write(archive, 0, 4);
            out.flush();

            TestThreads.await(() -> output.getOut().contains("request=slow-import"));
            importing(archive, admin).expectProblem(503, "overloaded");
            out.write(archive, 4, archive.length - 4);
            out.flush();
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
        importing(archive, admin).expect(200);
    }

    private HttpResponse<byte[]> export(String query, String token) throws IOException, InterruptedException {
        return CLIENT.send(request("/admin/export" + query, token).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header(AUTHORIZATION, token);
    }

    private Reply importing(byte[] archive, String token) {
        return call("POST", "/admin/import", BodyPublishers.ofByteArray(archive), AUTHORIZATION, token,
                "Content-Type", GZIP);
    }
}
