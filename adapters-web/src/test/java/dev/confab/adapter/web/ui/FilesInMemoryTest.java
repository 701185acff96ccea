package dev.confab.adapter.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.resource.ResourceResolverChain;
import org.springframework.web.servlet.resource.ResourceTransformerChain;

class FilesInMemoryTest {
    private final AtomicReference<Thread> reader = new AtomicReference<>();

    private final class FileOfTheJar extends AbstractResource {
        @Override
        public String getDescription() {
            return "a file";
        }

        @Override
        public String getFilename() {
            return "confab.js";
        }

        @Override
        public InputStream getInputStream() {
            reader.set(Thread.currentThread());
            return new ByteArrayInputStream(new byte[]{1, 2, 3});
        }

        @Override
        public long lastModified() {
            return 0;
        }
    }

    private static final class NoOther implements ResourceTransformerChain {
        @Override
        public ResourceResolverChain getResolverChain() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Resource transform(HttpServletRequest request, Resource resource) {
            return resource;
        }
    }

    private static Resource transform(Resource file) throws IOException {
        return new FilesInMemory().transform(new MockHttpServletRequest(), file, new NoOther());
    }

    @Test
    void a_virtual_thread_does_not_read_from_the_jar() throws Exception {
        var request = new FutureTask<>(() -> transform(new FileOfTheJar()));
        Thread.startVirtualThread(request);

        assertThat(request.get().getContentAsByteArray()).containsExactly(1, 2, 3);
        assertThat(reader.get().isVirtual()).isFalse();
    }

    @Test
    void a_file_that_cannot_be_read_is_named() {
        assertThatThrownBy(() -> transform(new AbstractResource() {
            @Override
            public String getDescription() {
                return "confab.css of the jar";
            }

            @Override
            public InputStream getInputStream() throws IOException {
                throw new IOException("broken");
            }
        })).isInstanceOf(IOException.class).hasMessageContaining("confab.css of the jar")
                .hasRootCauseMessage("broken");
    }
}
