package dev.confab.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;

/** The rules of which packages may use which; {@link ContractRule} holds the one about tests. */
record Rules(String root) {

    /** The packages the rules name; one that held no class would make its rules say nothing. */
    Set<String> named() {
        return Set.of(domain(), application(), useCases(), services(), files(), jpa(), assistants(), web(),
                bootstrap(), testSupport());
    }

    ArchRule domain_is_pure() {
        return classes().that().resideInAPackage(domain()).should().onlyDependOnClassesThat(
                resideInAPackage(domain()).or(resideInAPackage("org.jspecify..")).or(resideInAPackage("java..")
                        .and(not(resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..")))
                        // Every serializable class and every text's bytes name these; they are no I/O.
                        .or(simpleName("Serializable")).or(resideInAPackage("java.nio.charset"))
                        .or(named("java.nio.ByteBuffer")).or(named("java.nio.CharBuffer"))))
                .because("decisions are values in, events out: anything that waits, fails or varies would end that");
    }

    ArchRule application_knows_no_framework() {
        return classes().that().resideInAPackage(application()).should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(application(), domain(), "java..", "org.jspecify..",
                                "io.github.resilience4j..",
                                "org.slf4j.."))
                .because("use cases must run, and be tested, without a framework and with any adapter");
    }

    ArchRule adapters_do_not_use_each_other() {
        return slices().matching(root + ".adapter.(*).(*)..").namingSlices("adapter $1/$2").should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage(root + ".adapter.persistence.contract.."),
                        DescribedPredicate.alwaysTrue())
                .because("an adapter that leans on another cannot be swapped");
    }

    ArchRule adapters_use_only_the_ports() {
        return noClasses().that().resideInAPackage(root + ".adapter..").should().dependOnClassesThat()
                .resideInAnyPackage(services(), bootstrap())
                .because("adapters call driving ports; which service answers, and who wires it, is not theirs to know");
    }

    ArchRule persistence_frameworks_stay_in_their_adapter() {
        return noClasses().that().resideOutsideOfPackage(jpa()).should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "org.hibernate..",
                        "org.springframework.data..", "org.springframework.orm..", "org.flywaydb..")
                        .and(not(resideInAPackage("org.hibernate.validator.."))))
                .because("a store is swapped by changing one module");
    }

    ArchRule sql_stays_in_the_jpa_store() {
        return noClasses().that().resideOutsideOfPackage(jpa()).should().dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer.hikari..")
                .because("only one adapter talks to a database, and it tests what it does when that fails");
    }

    ArchRule test_support_stays_in_tests() {
        return noClasses().that().resideOutsideOfPackage(testSupport()).should().dependOnClassesThat()
                .resideInAPackage(testSupport())
                .because("a service that runs needs no server made for tests");
    }

    ArchRule files_stay_in_the_file_store() {
        return noClasses().that().resideOutsideOfPackages(files(), bootstrap()).should().dependOnClassesThat()
                .resideInAPackage("java.nio.file..").orShould().dependOnClassesThat()
                .areAssignableTo(java.io.File.class)
                .because("only one adapter keeps files, and it tests what it does when the disk fails");
    }

    ArchRule web_types_stay_in_the_web_adapter() {
        return noClasses().that().resideOutsideOfPackages(web(), bootstrap()).should().dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..", "org.springframework.http..")
                .because("use cases are called from more than HTTP");
    }

    ArchRule servlet_types_stay_out_of_bootstrap() {
        return noClasses().that().resideInAPackage(bootstrap()).should().dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.springframework.web.bind..",
                        "org.springframework.web.servlet..")
                .because("bootstrap wires the web adapter, it does not serve requests");
    }

    ArchRule time_and_chance_come_from_outside() {
        return noClasses().that().resideOutsideOfPackages(bootstrap(), root + ".adapter.persistence.contract..")
                .should()
                .callMethodWhere(makesTimeOrChance())
                .because("a work that runs twice must decide the same twice, and tests set the clock");
    }

    ArchRule no_cycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles()
                .because("packages in a cycle are one package");
    }

    ArchRule every_package_is_null_marked() {
        return classes().should(new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                if (!item.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(item,
                            item.getName() + " is in a package without @NullMarked"));
                }
            }
        }).because("NullAway checks only what is marked");
    }

    ArchRule layers() {
        return layeredArchitecture().consideringOnlyDependenciesInAnyPackage(root + "..").layer("domain")
                .definedBy(domain()).layer("application").definedBy(application()).layer("web").definedBy(web())
                .layer("files").definedBy(files()).layer("jpa").definedBy(jpa()).layer("assistants")
                .definedBy(assistants()).layer("contract")
                .definedBy(root + ".adapter.persistence.contract..").layer("bootstrap").definedBy(bootstrap())
                .withOptionalLayers(true).ensureAllClassesAreContainedInArchitecture().whereLayer("bootstrap")
                .mayNotBeAccessedByAnyLayer().whereLayer("web").mayOnlyBeAccessedByLayers("bootstrap")
                .whereLayer("files").mayOnlyBeAccessedByLayers("bootstrap")
                .whereLayer("jpa").mayOnlyBeAccessedByLayers("bootstrap").whereLayer("assistants")
                .mayOnlyBeAccessedByLayers("bootstrap").whereLayer("application")
                .mayOnlyBeAccessedByLayers("web", "bootstrap")
                .because("arrows point inward, and a class that is in no layer obeys no rule");
    }

    private static DescribedPredicate<JavaCall<?>> makesTimeOrChance() {
        return DescribedPredicate.describe("make a time or an id of their own", call -> {
            var target = call.getTarget();
            boolean noArguments = target.getRawParameterTypes().isEmpty();
            return target.getOwner().isEquivalentTo(Instant.class) && target.getName().equals("now") && noArguments
                    || target.getOwner().isEquivalentTo(Clock.class) && target.getName().startsWith("system")
                    || target.getOwner().isEquivalentTo(InstantSource.class) && target.getName().equals("system")
                    || target.getOwner().isEquivalentTo(UUID.class) && target.getName().equals("randomUUID")
                    || target.getOwner().isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis");
        });
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, c -> c.getName().equals(name));
    }

    private String domain() {
        return root + ".domain..";
    }

    private String application() {
        return root + ".application..";
    }

    private String useCases() {
        return root + ".application";
    }

    /** All packages below the one of the driving ports. */
    private String services() {
        return root + ".application.*..";
    }

    private String files() {
        return root + ".adapter.persistence.file..";
    }

    private String jpa() {
        return root + ".adapter.persistence.jpa..";
    }

    String testSupport() {
        return root + ".testsupport..";
    }

    private String assistants() {
        return root + ".adapter.assistant..";
    }

    private String web() {
        return root + ".adapter.web..";
    }

    private String bootstrap() {
        return root + ".bootstrap..";
    }
}
