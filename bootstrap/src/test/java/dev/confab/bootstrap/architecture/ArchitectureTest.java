package dev.confab.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.tiny.TinyStore;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds Confab's own classes to the architecture's rules. */
class ArchitectureTest {
    private static final String ROOT = "dev.confab";
    private static final Rules RULES = new Rules(ROOT);
    private static final PackageRules PACKAGES = new PackageRules(ROOT, 15, 30);
    private static final JavaClasses WITH_TEST_SUPPORT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);
    private static final JavaClasses CLASSES = WITH_TEST_SUPPORT
            .that(resideOutsideOfPackage(RULES.testSupport()));

    @Nested
    class The_domain {
        @Test
        void uses_only_itself_and_pure_Java() {
            RULES.domain_is_pure().check(CLASSES);
        }
    }

    @Nested
    class The_application {
        @Test
        void knows_no_framework() {
            RULES.application_knows_no_framework().check(CLASSES);
        }

        @Test
        void and_the_domain_are_free_of_chance() {
            RULES.domain_and_application_are_free_of_chance().check(CLASSES);
        }
    }

    @Nested
    class Adapters {
        @Test
        void do_not_use_each_other() {
            RULES.adapters_do_not_use_each_other().check(CLASSES);
        }

        @Test
        void use_the_application_through_its_driving_ports() {
            RULES.adapters_use_the_application_through_its_driving_ports().check(CLASSES);
        }

        @Test
        void of_the_web_use_no_driven_port() {
            RULES.web_uses_no_driven_port().check(CLASSES);
        }

        @Test
        void of_the_web_are_the_only_ones_that_know_it() {
            RULES.web_types_stay_in_the_web_adapter().check(CLASSES);
            RULES.servlet_types_stay_out_of_bootstrap().check(CLASSES);
        }

        @Test
        void of_the_web_check_callers_in_one_package() {
            RULES.spring_security_stays_in_one_package().check(CLASSES);
        }
    }

    @Nested
    class Stores {
        @Test
        void keep_their_framework_to_themselves() {
            RULES.persistence_frameworks_stay_in_stores().check(CLASSES);
            RULES.sql_stays_in_stores().check(CLASSES);
        }

        @Test
        void are_the_only_adapters_that_touch_files() {
            RULES.files_stay_in_stores().check(CLASSES);
        }

        @Test
        void are_known_only_to_their_wiring() {
            RULES.only_its_wiring_knows_a_store().check(CLASSES);
            RULES.wirings_of_stores_do_not_use_each_other().check(CLASSES);
        }

        @Test
        void pass_the_whole_contract() {
            var modules = Modules.names().stream().filter(name -> name.matches("domain|adapters-persistence-.*"))
                    .toList();
            var classes = Modules.withTests(modules);
            var rule = new ContractRule(ROOT);

            assertThat(rule.stores(classes)).as("a store for every module, except the contract and the domain")
                    .hasSize(modules.size() - 2);
            assertThat(rule.violations(classes)).isEmpty();
        }
    }

    /** Packages that only the test sources have, and that no rule names. */
    @Nested
    class A_third_store {
        private static final JavaClasses WITH_THIRD_STORE = new ClassFileImporter().importPackages(ROOT)
                .that(resideInAnyPackage(ROOT + ".adapter.persistence.tiny..", ROOT + ".bootstrap.store.tiny..")
                        .or(describe("are main classes", c -> CLASSES.contain(c.getName()))));

        static Stream<ArchRule> rules() {
            return RulesBiteTest.rulesOf(RULES);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("rules")
        void keeps_every_rule(ArchRule rule) {
            var found = rule.evaluate(WITH_THIRD_STORE).getFailureReport().getDetails();

            // It extends the reference store to be short; a real store may not.
            assertThat(found).filteredOn(line -> !line.contains(ReferenceStore.class.getSimpleName())).isEmpty();
        }

        @Test
        void is_among_the_classes_checked() {
            assertThat(WITH_THIRD_STORE.contain(TinyStore.class)).isTrue();
        }
    }

    @Nested
    class Packages {
        static List<String> modules() {
            return Modules.names();
        }

        @ParameterizedTest
        @MethodSource("modules")
        void depend_one_way(String module) {
            PACKAGES.packages_depend_one_way().check(Modules.classesOf(module));
        }

        @ParameterizedTest
        @MethodSource("modules")
        void are_small(String module) {
            PACKAGES.packages_are_small().check(Modules.classesOf(module));
        }

        @ParameterizedTest
        @MethodSource("modules")
        void are_null_marked(String module) {
            PACKAGES.packages_are_null_marked().check(Modules.classesOf(module));
        }

        @ParameterizedTest
        @MethodSource("modules")
        void are_described(String module) {
            PACKAGES.packages_are_described().check(Modules.classesOf(module));
        }

        @Test
        void are_those_of_all_modules() {
            assertThat(modules()).contains("domain", "application", "adapters-web", "bootstrap");
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
        void gets_time_and_ids_from_outside() {
            RULES.time_and_ids_come_from_outside().check(CLASSES);
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
}
