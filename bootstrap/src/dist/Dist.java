import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packs the server with a Java runtime of its own, for people who have neither JDK nor Maven: a {@code .tar.gz}, and on Debian a {@code
 * .deb}. Run by {@code mvn -Pdist package} with the JDK that compiled it, whose runtime is packed and on whose platform the result runs.
 *
 * <p>Arguments: the jar, the directory for the result, the version.
 */
public final class Dist {
    /** What Spring Boot, Tomcat, Hibernate, Lucene and HttpClient use, by the packages that they look up too; {@code jdeps} finds only what is linked. */
    private static final String MODULES = "java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.jfr,jdk.net,jdk.zipfs,jdk.naming.dns";
    /** For windows and sound. Without them the .deb does not demand the libraries of a desktop. */
    private static final List<String> DESKTOP = List.of("libawt_xawt.so", "libjawt.so", "libjsound.so", "libsplashscreen.so");

    private final Path jar;
    private final Path target;
    private final String version;
    private final Path image;

    private Dist(Path jar, Path target, String version) {
        this.jar = jar;
        this.target = target;
        this.version = version;
        this.image = target.resolve("confab");
    }

    public static void main(String[] arguments) throws Exception {
        new Dist(Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]).toAbsolutePath(), arguments[2]).pack();
    }

    private void pack() throws IOException, InterruptedException {
        delete(target);
        Files.createDirectories(target);
        Path input = target.resolve("input");
        // A JVM caches no classes of a jar within a jar.
        run(tool("java"), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", input.toString());
        makeImage(input);
        delete(input);
        fillClassCache();
        String name = "confab-" + version + "-" + platform();
        run("tar", "-C", target.toString(), "-czf", target.resolve(name + ".tar.gz").toString(), "confab");
        if (onPath("dpkg-deb") && onPath("fakeroot")) {
            makeDeb();
        } else {
            System.out.println("No .deb: it needs the programs dpkg-deb and fakeroot.");
        }
        try (Stream<Path> made = Files.list(target)) {
            made.filter(Files::isRegularFile).sorted().forEach(file -> System.out.println("Made " + file));
        }
    }

    private void makeImage(Path input) throws IOException, InterruptedException {
        run(tool("jpackage"), "--type", "app-image", "--name", "confab", "--app-version", numericVersion(), "--description",
                "Stores the conversations of chat applications", "--input", input.toString(), "--main-jar", "confab.jar",
                "--dest", target.toString(), "--add-modules", MODULES,
                // With the command java, by which the JVM makes the cache below.
                "--jlink-options", "--strip-debug --no-header-files --no-man-pages",
                "--java-options", "--enable-native-access=ALL-UNNAMED", "--java-options", "-XX:+ExitOnOutOfMemoryError");
        for (String library : DESKTOP) {
            Files.deleteIfExists(image.resolve("lib/runtime/lib").resolve(library));
        }
    }

    private void makeDeb() throws IOException, InterruptedException {
        var jpackage = new ProcessBuilder(tool("jpackage"), "--type", "deb", "--app-image", image.toString(), "--name", "confab",
                "--app-version", numericVersion(), "--linux-app-category", "web", "--dest", target.toString()).inheritIO();
        // As large as the .tar.gz; the default is a fifth smaller and takes minutes.
        jpackage.environment().put("DPKG_DEB_COMPRESSOR_TYPE", "gzip");
        check(jpackage.start().waitFor(), jpackage.command());
    }

    /** Starts the server once, as far as its beans, and keeps the classes that this loaded and linked (JEP 514). */
    private void fillClassCache() throws IOException, InterruptedException {
        Path app = image.resolve("lib/app");
        Path data = Files.createTempDirectory("confab-dist");
        try {
            var start = new ProcessBuilder(image.resolve("bin/confab").toString(), "--server.port=0",
                    "--confab.file.directory=" + data).inheritIO();
            // By the launcher, because the JVM takes the cache only with the same class path and options about modules.
            start.environment().put("JAVA_TOOL_OPTIONS",
                    "-XX:AOTCacheOutput=" + app.resolve("confab.aot") + " -Dspring.context.exit=onRefresh -Xlog:aot=error");
            check(start.start().waitFor(), start.command());
            // Without a message where the cache does not fit: the .deb's files have another time, so it starts without the cache.
            Files.writeString(app.resolve("confab.cfg"),
                    "java-options=-XX:AOTCache=$APPDIR/confab.aot\njava-options=-Xlog:aot=off\n", StandardOpenOption.APPEND);
        } finally {
            delete(data);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        check(new ProcessBuilder(command).inheritIO().start().waitFor(), List.of(command));
    }

    private static void check(int status, List<String> command) {
        if (status != 0) {
            throw new IllegalStateException("Status " + status + " of: " + String.join(" ", command));
        }
    }

    /** A program of the JDK that runs this. */
    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** Installers know numbers and points only. */
    private String numericVersion() {
        return version.replaceAll("-.*", "");
    }

    private static String platform() {
        return (System.getProperty("os.name") + "-" + System.getProperty("os.arch")).toLowerCase().replace(' ', '-');
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
