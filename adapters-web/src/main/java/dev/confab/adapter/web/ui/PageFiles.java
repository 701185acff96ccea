package dev.confab.adapter.web.ui;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.webjars.WebJarVersionLocator;

/**
 * The addresses of the files that pages use. They change with the content, so a browser may keep a file, and has the new one after an
 * upgrade: those of this module have a digest of all of them, which goes for the modules' imports of each other too because these are
 * relative, and those of libraries their version.
 */
@Component
public final class PageFiles {
    static final String PLACE = "classpath:/static/ui/";
    private final WebJarVersionLocator libraries = new WebJarVersionLocator();
    private final String digest = ofAllFiles();

    private static String ofAllFiles() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Resource[] files = new PathMatchingResourcePatternResolver().getResources(PLACE + "*");
            Arrays.sort(files, Comparator.comparing(file -> String.valueOf(file.getFilename())));
            for (Resource file : files) {
                digest.update(file.getContentAsByteArray());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("The files of the pages cannot be read.", e);
        }
    }

    String digest() {
        return digest;
    }

    /** The address of a file of this module; templates call it. */
    public String own(String name) {
        return "/ui/" + digest + "/" + name;
    }

    /** The address of a library's file; templates call it. */
    public String library(String webJar, String path) {
        return "/" + Objects.requireNonNull(libraries.fullPath(webJar, path), webJar)
                .substring("META-INF/resources/".length());
    }
}
