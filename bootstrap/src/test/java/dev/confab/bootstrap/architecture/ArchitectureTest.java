package dev.confab.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Holds Confab's own classes to the architecture's rules. */
class ArchitectureTest {
    private static final String ROOT = "dev.confab";
    private static final Rules RULES = new Rules(ROOT);
    private static final JavaClasses WITH_TEST_SUPPORT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);
    private static final JavaClasses CLASSES = WITH_TEST_SUPPORT
            .that(resideOutsideOfPackage(RULES.testSupport()));

    @Nested
    class The_domain {
        @Test
        void uses_itself_and_the_language_only() {
            RULES.domain_is_pure().check(CLASSES);
        }
    }

    @Nested
    class The_application {
        @Test
        void knows_no_framework() {
            RULES.application_knows_no_framework().check(CLASSES);
        }
    }

    @Nested
    class Adapters {
        @Test
        void do_not_use_each_other() {
            RULES.adapters_do_not_use_each_other().check(CLASSES);
        }

        @Test
        void use_only_the_ports() {
            RULES.adapters_use_only_the_ports().check(CLASSES);
        }

        @Test
        void of_persistence_keep_their_framework_to_themselves() {
            RULES.persistence_frameworks_stay_in_their_adapter().check(CLASSES);
            RULES.sql_stays_in_the_jpa_store().check(CLASSES);
        }

        @Test
        void on_files_are_the_only_ones_that_touch_files() {
            RULES.files_stay_in_the_file_store().check(CLASSES);
        }

        @Test
        void of_the_web_are_the_only_ones_that_know_it() {
            RULES.web_types_stay_in_the_web_adapter().check(CLASSES);
            RULES.servlet_types_stay_out_of_bootstrap().check(CLASSES);
        }

        @Test
        void of_persistence_pass_the_contract_whole() throws Exception {
            var classes = new ClassFileImporter().importPaths(withTestsOfStores());
            var rule = new ContractRule(ROOT);

            assertThat(rule.stores(classes)).extracting(JavaClass::getSimpleName).containsExactlyInAnyOrder("FileStore",
                    "JpaStore");
            assertThat(rule.violations(classes)).isEmpty();
        }
    }

    @Nested
    class Everything {
        @Test
        void is_in_a_layer_and_points_inward() {
            RULES.layers().check(CLASSES);
        }

        @Test
        void but_tests_does_without_test_support() {
            RULES.test_support_stays_in_tests().check(WITH_TEST_SUPPORT);
        }

        @Test
        void is_free_of_cycles() {
            RULES.no_cycles().check(CLASSES);
        }

        @Test
        void is_null_marked() {
            RULES.every_package_is_null_marked().check(CLASSES);
        }

        @Test
        void gets_time_and_ids_from_outside() {
            RULES.time_and_chance_come_from_outside().check(CLASSES);
        }

        @Test
        void the_rules_name_is_there() {
            assertThat(RULES.named()).allSatisfy(name -> assertThat(WITH_TEST_SUPPORT.stream())
                    .as(name).anyMatch(c -> PackageMatcher.of(name).matches(c.getPackageName())));
        }

        @Test
        void is_compiled_for_Java_25_and_read_by_ArchUnit() {
            assertThat(CLASSES.get("dev.confab.domain.conversation.Conversation").getMethods()).isNotEmpty();
            assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
        }
    }

    /** The reactor has built them: bootstrap comes after every adapter. */
    private static List<Path> withTestsOfStores() throws Exception {
        try (var modules = Files.newDirectoryStream(Path.of(".."), "{domain,adapters-persistence-*}")) {
            var paths = new java.util.ArrayList<Path>();
            modules.forEach(module -> {
                paths.add(module.resolve("target/classes"));
                paths.add(module.resolve("target/test-classes"));
            });
            return paths.stream().filter(Files::isDirectory).toList();
        }
    }
}
