package dev.confab.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The Maven modules of this build. Maven compiles them before bootstrap, so their class files are there when its tests run. */
final class Modules {
    private static final Path ROOT = Path.of("..");
    /** Several rules look at each module, and reading it takes a second. */
    private static final Map<String, JavaClasses> CLASSES = new ConcurrentHashMap<>();

    private Modules() {
    }

    /** The names of the modules that this one depends on, and this one. */
    static List<String> names() {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .filter(module -> Files.isDirectory(module.resolve("target/classes/dev/confab")))
                    .map(module -> module.getFileName().toString())
                    // Maven builds it after this one: its class files may be missing, or of an earlier build.
                    .filter(name -> !name.equals("benchmarks")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A module's classes, without its tests. */
    static JavaClasses classesOf(String module) {
        return CLASSES.computeIfAbsent(module,
                name -> new ClassFileImporter().importPath(ROOT.resolve(name).resolve("target/classes")));
    }

    /** The classes of modules, with their tests. */
    static JavaClasses withTests(List<String> modules) {
        return new ClassFileImporter().importPaths(modules.stream().map(ROOT::resolve)
                .flatMap(module -> Stream.of(module.resolve("target/classes"), module.resolve("target/test-classes")))
                .filter(Files::isDirectory).toList());
    }
}
