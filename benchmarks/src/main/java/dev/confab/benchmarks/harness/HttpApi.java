package dev.confab.benchmarks.harness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Calls the HTTP API of a running server over kept-alive HTTP/1.1 connections. */
public final class HttpApi {
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    public HttpApi(String url) {
        this.url = url;
    }

    public HttpRequest get(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).build();
    }

    public HttpRequest post(String path, String json) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build();
    }

    /**
     * Sends the request and returns the body of the response.
     *
     * @throws IOException also if the status is not 2xx
     */
    public String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(request + " returned " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /**
     * The first member of this name in a JSON text. Its value must be a string without escapes.
     *
     * @throws IOException if there is no such member
     */
    public static String field(String json, String name) throws IOException {
        String before = "\"" + name + "\":\"";
        int start = json.indexOf(before);
        if (start < 0) {
            throw new IOException("no " + name + " in " + json);
        }
        start += before.length();
        return json.substring(start, json.indexOf('"', start));
    }
}
