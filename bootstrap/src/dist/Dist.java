import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Packs the server with a Java runtime of its own, for people who have neither JDK nor Maven: a {@code .tar.gz}, and on Debian a {@code
 * .deb}. Run by {@code mvn -Pdist package} with the JDK that compiled it, whose runtime is packed and on whose platform the result runs.
 *
 * <p>Arguments: the jar, the directory for the result, the version.
 */
public final class Dist {
    /** What Spring Boot, Tomcat, Hibernate and Lucene use, by the packages that they look up too; {@code jdeps} finds only what is linked. */
    private static final String MODULES = "java.se,jdk.unsupported,jdk.management,jdk.crypto.ec,jdk.jfr,jdk.zipfs,jdk.naming.dns";
    private static final List<String> JVM_OPTIONS = List.of("--enable-native-access=ALL-UNNAMED");

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
        run(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", input.toString());
        makeImage(input);
        delete(input);
        fillClassCache();
        String name = "confab-" + version + "-" + platform();
        run("tar", "-C", target.toString(), "-czf", target.resolve(name + ".tar.gz").toString(), "confab");
        if (onPath("dpkg-deb") && onPath("fakeroot")) {
            jpackage("--type", "deb", "--app-image", image.toString(), "--name", "confab", "--app-version", numericVersion(),
                    "--linux-app-category", "web", "--dest", target.toString());
        } else {
            System.out.println("No .deb: it needs the programs dpkg-deb and fakeroot.");
        }
        try (Stream<Path> made = Files.list(target)) {
            made.filter(Files::isRegularFile).sorted().forEach(file -> System.out.println("Made " + file));
        }
    }

    private void makeImage(Path input) {
        var options = new ArrayList<>(List.of("--type", "app-image", "--name", "confab", "--app-version", numericVersion(),
                "--description", "Stores the conversations of chat applications", "--input", input.toString(), "--main-jar",
                "confab.jar", "--dest", target.toString(), "--add-modules", MODULES,
                // With the command java, which fills the cache below.
                "--jlink-options", "--strip-debug --no-header-files --no-man-pages"));
        for (String option : JVM_OPTIONS) {
            options.addAll(List.of("--java-options", option));
        }
        options.addAll(List.of("--java-options", "-XX:+ExitOnOutOfMemoryError", "--java-options", "-XX:AOTCache=$APPDIR/confab.aot"));
        jpackage(options.toArray(String[]::new));
    }

    /** Starts the server once, as far as its beans, and keeps the classes that this loaded and linked (JEP 514). */
    private void fillClassCache() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("confab-dist");
        try {
            Path app = image.resolve("lib/app");
            var command = new ArrayList<>(List.of(image.resolve("lib/runtime/bin/java").toString(),
                    "-XX:AOTCacheOutput=" + app.resolve("confab.aot")));
            command.addAll(JVM_OPTIONS);
            command.addAll(List.of("-Dspring.context.exit=onRefresh", "-jar", app.resolve("confab.jar").toString(),
                    "--server.port=0", "--confab.file.directory=" + data));
            run(command.toArray(String[]::new));
        } finally {
            delete(data);
        }
    }

    private static void jpackage(String... arguments) {
        ToolProvider tool = ToolProvider.findFirst("jpackage").orElseThrow(() -> new IllegalStateException(
                "This Java has no jpackage; the build needs a JDK with all of its modules"));
        if (tool.run(System.out, new PrintStream(System.err), arguments) != 0) {
            throw new IllegalStateException("jpackage failed: " + String.join(" ", arguments));
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("Status " + status + " of: " + String.join(" ", command));
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
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
