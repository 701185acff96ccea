package dev.confab.adapter.web.importjob;

import dev.confab.adapter.web.json.RequestBodies;
import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.adapter.web.settings.UploadSettings;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.domain.archive.ByteSource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.MultipartStream.MalformedStreamException;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Opens bodies that are an uploaded file, of any media type. Of a multipart body, the file is the one part; Tomcat's parser passes it on as
 * it arrives, and keeps nothing on disk.
 */
@Configuration(proxyBeanMethods = false)
class ImportUploads implements WebMvcConfigurer, HandlerMethodArgumentResolver {
    private static final int MAX_PART_HEADER_BYTES = 8 * 1024;

    private final WebSettings settings;
    private final UploadSettings uploads;

    ImportUploads(WebSettings settings, UploadSettings uploads) {
        this.settings = settings;
        this.uploads = uploads;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ImportUpload.class;
    }

    @Override
    public ImportUpload resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
            NativeWebRequest web, @Nullable WebDataBinderFactory binders) throws IOException {
        var request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
        InputStream body = RequestBodies.upload(request, uploads.maxBytes(), settings.minBodyBytesPerSecond());
        return isMultipart(request) ? part(request, body) : new ImportUpload(Optional.empty(), source(body));
    }

    private static boolean isMultipart(HttpServletRequest request) {
        return request.getContentType() != null
                && request.getContentType().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static ImportUpload part(HttpServletRequest request, InputStream body) throws IOException {
        try {
            var upload = new FileUpload();
            upload.setPartHeaderSizeMax(MAX_PART_HEADER_BYTES);
            FileItemIterator parts = upload.getItemIterator(new Body(request, body));
            if (!parts.hasNext()) {
                throw ProblemException.invalid("The body has no part; it must have one, the file.");
            }
            FileItemStream part = parts.next();
            ByteSource file = source(part.openStream());
            return new ImportUpload(Optional.ofNullable(part.getName()).map(ImportUploads::withoutDirectories)
                    .filter(name -> !name.isEmpty()), (bytes, offset, length) -> {
                        int read = file.read(bytes, offset, length);
                        if (read < 0) {
                            refuseMore(parts);
                        }
                        return read;
                    });
        } catch (FileUploadException | MalformedStreamException malformed) {
            throw malformed(malformed);
        }
    }

    /** Behind the file there must be nothing: whatever it is, it would be dropped silently. */
    private static void refuseMore(FileItemIterator parts) {
        try {
            if (parts.hasNext()) {
                throw ProblemException.invalid("The body has more than one part; it must have one, the file."
                        + " Parameters are in the query.");
            }
        } catch (FileUploadException | MalformedStreamException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException malformed(IOException e) {
        return ProblemException.invalid("The body is not valid multipart/form-data: " + e.getMessage());
    }

    /** Some browsers send a whole path. */
    private static String withoutDirectories(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    private static ByteSource source(InputStream body) {
        return (bytes, offset, length) -> {
            try {
                return body.read(bytes, offset, length);
            } catch (MalformedStreamException e) {
                throw malformed(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** The body as Tomcat's parser wants it. */
    private record Body(HttpServletRequest request, InputStream body) implements UploadContext {
        @Override
        public String getCharacterEncoding() {
            return "UTF-8";
        }

        @Override
        public String getContentType() {
            return request.getContentType();
        }

        @Override
        public long contentLength() {
            return request.getContentLengthLong();
        }

        @Override
        public InputStream getInputStream() {
            return body;
        }
    }
}
