package dev.confab.bootstrap.campaign.hostile.attack;

import dev.confab.bootstrap.campaign.hostile.attack.RawRequest.Ending;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Requests that break the rules of HTTP, or that the service does not support. */
public record MalformedRequests(int port) implements Attack {
    private static final String CREATE = "/conversations";

    private record Malformed(String name, String request, Ending ending, String answer) {
    }

    private static final List<Malformed> ALL = List.of(
            new Malformed("body ends early", RawRequest.post(CREATE, "Content-Length: 40\r\n\r\n{\"title\":\"a\"}"),
                    Ending.FIN, "400 invalid-request"),
            new Malformed("import ends early",
                    RawRequest.post("/conversations/import", "Content-Length: 99\r\n\r\n{\"format\":"), Ending.FIN,
                    "400 invalid-request"),
            new Malformed("bad chunk header",
                    RawRequest.post(CREATE, "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}"), Ending.WAITS,
                    "400 invalid-request"),
            new Malformed("HTTP/3.7", "GET /api/v1/info HTTP/3.7\r\nHost: localhost\r\n\r\n", Ending.WAITS,
                    "505 http-version-not-supported"),
            new Malformed("CONNECT", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n"
                    + "Connection: close\r\n\r\n", Ending.WAITS, "501 not-implemented"),
            new Malformed("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u0000\u0003\u0003\r\n\r\n",
                    Ending.WAITS, "400 invalid-request"),
            new Malformed("gzip", RawRequest.post(CREATE, "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"),
                    Ending.WAITS, "415 unsupported-media-type"),
            new Malformed("two Content-Types",
                    RawRequest.post(CREATE, "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"), Ending.WAITS,
                    "400 invalid-request"),
            new Malformed("two Content-Lengths",
                    RawRequest.post(CREATE, "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"), Ending.WAITS,
                    "400 invalid-request"),
            new Malformed("99 MB, Expect: 100-continue",
                    RawRequest.post(CREATE, "Content-Length: 99000000\r\nExpect: 100-continue\r\n\r\n"), Ending.WAITS,
                    "413 content-too-large"),
            new Malformed("headers of 20 KB", RawRequest.get("/info", "X-Long: " + "a".repeat(20_000) + "\r\n"),
                    Ending.WAITS, "431 request-header-fields-too-large"),
            new Malformed("nested 20,000 deep", nested("{\"title\":" + "[".repeat(20_000)), Ending.WAITS,
                    "400 invalid-request"),
            new Malformed("import nested 20,000 deep",
                    RawRequest.post("/conversations/import", "Content-Length: 20016\r\n\r\n{\"conversation\":"
                            + "[".repeat(20_000)),
                    Ending.WAITS, "400 invalid-request"),
            new Malformed("read by a page of another site",
                    RawRequest.get("/conversations", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: image\r\n"),
                    Ending.WAITS, "403 forbidden-origin"),
            new Malformed("write by a page of another site",
                    RawRequest.post(CREATE, "Origin: https://evil.example\r\nContent-Length: 2\r\n\r\n{}"),
                    Ending.WAITS, "403 forbidden-origin"),
            new Malformed("unknown query parameter", RawRequest.get("/conversations?limt=1", ""), Ending.WAITS,
                    "400 invalid-request"),
            new Malformed("repeated query parameter", RawRequest.get("/conversations?limit=1&limit=2", ""),
                    Ending.WAITS, "400 invalid-request"));

    private static String nested(String body) {
        return RawRequest.post(CREATE, "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @Override
    public void once(Report report) throws IOException {
        for (Malformed malformed : ALL) {
            RawAnswer answer = RawRequest.exchange(port, malformed.request(), malformed.ending())
                    .expect(malformed.name(), Set.of(malformed.answer()));
            report.answered(malformed.name(), answer.label());
        }
    }
}
