package dev.confab.bootstrap.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;

/**
 * The shape of a module's packages: small, documented, and dependent on each other in one direction only.
 *
 * @param root the root package
 * @param mostFiles the most source files in a package, not counting its package-info
 * @param mostFilesOfFamilies the same for packages of the domain, whose sealed types share a package with their permitted
 *     subtypes, and for the contract's clauses, one class each
 */
record PackageRules(String root, int mostFiles, int mostFilesOfFamilies) {

    ArchRule packages_depend_one_way() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles()
                .because("packages in a cycle can only be understood together, as if they were one");
    }

    ArchRule packages_are_small() {
        return classes().should(new EachPackage("have a package of a size that a person can keep in mind") {
            @Override
            void check(JavaPackage room, Set<String> files, Consumer<String> violation) {
                int most = families(room.getName()) ? mostFilesOfFamilies : mostFiles;
                if (files.size() > most) {
                    violation.accept(
                            room.getName() + " has " + files.size() + " files; at most " + most + " are allowed");
                }
            }
        });
    }

    ArchRule packages_are_null_marked() {
        return classes().should(new EachPackage("be in a @NullMarked package") {
            @Override
            void check(JavaPackage room, Set<String> files, Consumer<String> violation) {
                if (!room.isAnnotatedWith(NullMarked.class)) {
                    violation.accept(room.getName() + " has no package-info.java with @NullMarked");
                }
            }
        }).because("NullAway checks only what is marked");
    }

    ArchRule packages_are_described() {
        return classes().should(new EachPackage("be in a package with Javadoc") {
            @Override
            void check(JavaPackage room, Set<String> files, Consumer<String> violation) {
                var info = sourceOf(room).resolve("package-info.java");
                if (!Files.exists(info) || !read(info).contains("/**")) {
                    violation.accept(room.getName() + " has no Javadoc in its package-info.java");
                }
            }
        }).because("a package's documentation is where a newcomer begins to read");
    }

    private boolean families(String room) {
        return PackageMatchers.of(root + ".domain..", root + ".adapter.persistence.contract.clause").test(room);
    }

    /** Where the package's sources are; its classes were read from a Maven module's output directory. */
    private static Path sourceOf(JavaPackage room) {
        // Some classes have no source: those that another class refers to and that are not imported.
        var file = room.getClasses().stream().flatMap(each -> each.getSource().stream()).findFirst().orElseThrow()
                .getUri().getPath();
        return Path.of(file.replace("/target/classes/", "/src/main/java/")
                .replace("/target/test-classes/", "/src/test/java/")).resolveSibling("");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks each package once, with the names of its source files. */
    private abstract static class EachPackage extends ArchCondition<JavaClass> {
        private final Map<JavaPackage, Set<String>> files = new HashMap<>();

        EachPackage(String description) {
            super(description);
        }

        abstract void check(JavaPackage room, Set<String> files, Consumer<String> violation);

        @Override
        public void init(Collection<JavaClass> all) {
            files.clear();
            for (var c : all) {
                var names = files.computeIfAbsent(c.getPackage(), room -> new HashSet<>());
                c.getSource().flatMap(Source::getFileName).filter(name -> !name.equals("package-info.java"))
                        .ifPresent(names::add);
            }
        }

        @Override
        public void check(JavaClass item, ConditionEvents events) {
            // The packages are checked together at the end.
        }

        @Override
        public void finish(ConditionEvents events) {
            files.forEach((room, names) -> check(room, names,
                    violation -> events.add(SimpleConditionEvent.violated(room, violation))));
        }
    }
}
