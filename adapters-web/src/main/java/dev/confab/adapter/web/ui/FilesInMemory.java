package dev.confab.adapter.web.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.ResourceTransformer;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * Reads each file of the pages once, and on a platform thread. The chain of resources keeps what this returns; the files are those of the
 * jar, some megabytes at most. A request's virtual thread that reads from a jar in a jar takes two locks, and may lose its carrier between
 * them to threads that load classes and wait for the first.
 */
final class FilesInMemory implements ResourceTransformer {
    @Override
    public Resource transform(HttpServletRequest request, Resource resource, ResourceTransformerChain chain)
            throws IOException {
        Resource file = chain.transform(request, resource);
        var reading = new FutureTask<>(() -> new TransformedResource(file, file.getContentAsByteArray()));
        Thread.ofPlatform().daemon().name("confab-page-file").start(reading);
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new IOException(file + " cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
