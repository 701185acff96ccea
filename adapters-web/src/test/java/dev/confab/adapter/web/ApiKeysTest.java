package dev.confab.adapter.web;

import static dev.confab.domain.access.Scope.ADMIN;
import static dev.confab.domain.access.Scope.READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The routes that make, list and revoke keys. */
@ExtendWith(OutputCaptureExtension.class)
class ApiKeysTest extends KeyTest {
    private static final String KEYS = "/admin/keys";

    @Test
    void a_key_that_is_made_works_until_it_is_revoked_and_both_are_in_the_audit_log(CapturedOutput output) {
        var by = issue("root", ADMIN);
        String admin = bearer(by);
        String owner = "ann-" + UUID.randomUUID();

        Reply made = post(KEYS, "{\"owner\":\"" + owner + "\",\"name\":\"laptop\",\"scopes\":[\"read\",\"write\"]}",
                AUTHORIZATION, admin, "X-Request-Id", "making").expect(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        String token = made.text("token");
        String id = made.text("key.id");
        assertThat(made.text("key.scopes")).isEqualTo("[\"read\",\"write\"]");
        get("/conversations", AUTHORIZATION, "Bearer " + token).expect(200);
        assertThat(get(KEYS + "?owner=" + owner, AUTHORIZATION, admin).expect(200).body()).contains(id)
                .doesNotContain(token, token.substring(token.length() - 43));

        delete(KEYS + "/" + id, AUTHORIZATION, admin).expect(204);
        get("/conversations", AUTHORIZATION, "Bearer " + token).expectProblem(401, "unauthenticated");
        Reply listed = get(KEYS + "?owner=" + owner, AUTHORIZATION, admin).expect(200);
        assertThat(listed.json().at("/items/0/revokedAt").isNull()).isFalse();
        delete(KEYS + "/" + id, AUTHORIZATION, admin).expect(204);

        assertThat(output.getOut().lines().filter(line -> line.contains("API key created") && line.contains(id)))
                .singleElement().asString().contains("owner=" + owner, "scopes=read,write", "expires=never",
                        "by=key " + id(by), "request=making");
        assertThat(output.getOut().lines().filter(line -> line.contains("API key revoked") && line.contains(id)))
                .first().asString().contains("owner=" + owner, "by=key " + id(by));
        assertThat(output.getOut().lines()
                .filter(line -> line.contains("Log-in failed") && line.contains("key=" + id))).isNotEmpty();
        assertThat(output.getAll()).doesNotContain(token.substring(token.length() - 43));
    }

    @Test
    void the_examples_of_the_description_are_accepted() {
        var examples = DescribedApi.DOCUMENT.at("/paths/~1api~1v1~1admin~1keys/post/requestBody/content")
                .path(JSON).path("examples");

        examples.forEach(example -> post(KEYS, example.get("value").toString(), AUTHORIZATION, key("root", ADMIN))
                .expect(201));
        assertThat(examples).hasSize(2);
    }

    @Test
    void keys_are_listed_in_pages() {
        String admin = key("root", ADMIN);
        String owner = "paged-" + UUID.randomUUID();
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.add(id(issue(owner, READ)).toString());
        }

        var seen = new ArrayList<String>();
        String query = KEYS + "?limit=2&owner=" + owner;
        String next = "";
        int pages = 0;
        do {
            Reply page = get(query + next, AUTHORIZATION, admin).expect(200);
            page.json().get("items").forEach(item -> seen.add(item.get("id").stringValue()));
            next = page.json().get("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
            pages++;
        } while (!next.isEmpty());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
        assertThat(pages).isEqualTo(3);
        get(KEYS + "?limit=0", AUTHORIZATION, admin).expectProblem(400, "invalid-request");
        get(KEYS + "?limit=101", AUTHORIZATION, admin).expectProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"a","scopes":["read"]}                                              | #/owner
            {"owner":"","name":"a","scopes":["read"]}                                   | #/owner
            {"owner":"a","name":"","scopes":["read"]}                                   | #/name
            {"owner":"a","name":"a","scopes":[]}                                        | #/scopes
            {"owner":"a","name":"a","scopes":["root"]}                                  | #/scopes/0
            {"owner":"a","name":"a","scopes":["read"],"expiresAt":"2020-01-01T00:00:00.000Z"} | #/expiresAt
            {"owner":"a","name":"a","scopes":["read"],"expiresAt":"tomorrow"}           | #/expiresAt
            """)
    void a_key_that_is_described_wrongly_is_refused_at_its_place(String body, String place) {
        post(KEYS, body, AUTHORIZATION, key("root", ADMIN)).expectInvalidAt(place);
    }

    @Test
    void an_unknown_key_and_one_too_many_are_problems() {
        String admin = key("root", ADMIN);

        delete(KEYS + "/" + UUID.randomUUID(), AUTHORIZATION, admin).expectProblem(404, "api-key-not-found");
        delete(KEYS + "/x", AUTHORIZATION, admin).expectProblem(400, "invalid-request");
        keyStore.fill();
        post(KEYS, "{\"owner\":\"a\",\"name\":\"a\",\"scopes\":[\"read\"]}", AUTHORIZATION, admin)
                .expectProblem(409, "too-many-api-keys");
    }
}
