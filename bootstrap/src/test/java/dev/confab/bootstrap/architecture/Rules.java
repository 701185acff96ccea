package dev.confab.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
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
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;

/**
 * Which packages may use which. No rule names a store: what a store may do is said of all packages below
 * {@code adapter.persistence}, so a new one needs no change here. {@link PackageRules} is about the shape of packages,
 * {@link ContractRule} about the tests of stores.
 */
record Rules(String root) {

    /** The packages that the rules name. If one contained no class, its rules would check nothing. */
    Set<String> named() {
        return Set.of(domain(), ports(), application(), useCases(), stores(), contract(), assistants(), senders(),
                chatExports(), web(), security(), bootstrap(), storeWirings(), testSupport());
    }

    ArchRule domain_is_pure() {
        return classes().that().resideInAPackage(domain()).should().onlyDependOnClassesThat(
                resideInAnyPackage(domain(), "org.jspecify..").or(pureJava()))
                .because("decisions take values and return events: nothing in them may wait, fail or vary");
    }

    ArchRule application_knows_no_framework() {
        return classes().that().resideInAPackage(application()).should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(application(), domain(), "org.jspecify..", "io.github.resilience4j..",
                                "org.slf4j..").or(pureJava()))
                .because("use cases must run, and be tested, without a framework and with any adapter");
    }

    ArchRule domain_and_application_are_free_of_chance() {
        return noClasses().that().resideInAnyPackage(domain(), application()).should()
                .dependOnClassesThat(assignableTo(java.util.random.RandomGenerator.class)).orShould()
                .callMethodWhere(readsTheClock())
                .because("the same input must give the same decision, so that a transaction function can run twice");
    }

    ArchRule adapters_do_not_use_each_other() {
        return slices().assignedFrom(new Adapters(root + ".adapter.")).namingSlices("adapter $1").should()
                .notDependOnEachOther().ignoreDependency(resideInAPackage(contract()), alwaysTrue())
                .because("an adapter that depends on another cannot be replaced");
    }

    /** An adapter is a package below {@code adapter}; of stores and assistants there are several, each one package deeper. */
    private record Adapters(String prefix) implements SliceAssignment {
        private static final Set<String> FAMILIES = Set.of("persistence", "assistant");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!type.getPackageName().startsWith(prefix)) {
                return SliceIdentifier.ignore();
            }
            String[] parts = type.getPackageName().substring(prefix.length()).split("\\.");
            boolean oneOfSeveral = FAMILIES.contains(parts[0]) && parts.length > 1;
            return SliceIdentifier.of(oneOfSeveral ? parts[0] + "/" + parts[1] : parts[0]);
        }

        @Override
        public String getDescription() {
            return "adapters";
        }
    }

    ArchRule adapters_use_the_application_through_its_driving_ports() {
        return noClasses().that().resideInAPackage(root + ".adapter..").should()
                .dependOnClassesThat(resideInAPackage(application()).and(not(resideInAPackage(useCases()))))
                .orShould().dependOnClassesThat().resideInAPackage(bootstrap())
                .because(
                        "an adapter calls the interfaces of the application; which class implements them is not its business");
    }

    ArchRule web_uses_no_driven_port() {
        return noClasses().that().resideInAPackage(web()).should()
                .dependOnClassesThat(resideInAPackage(ports()).and(not(assignableTo(Throwable.class)))
                        .and(not(isChangeFeed())))
                .because(
                        "requests go through a use case. Exceptions of the ports pass through the use cases unchanged, and the"
                                + " change feed only says that something changed: what changed is read with a use case");
    }

    ArchRule persistence_frameworks_stay_in_stores() {
        return noClasses().that().resideOutsideOfPackage(stores()).should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.persistence..", "org.hibernate..",
                        "org.springframework.data..", "org.springframework.orm..", "org.flywaydb..")
                        .and(not(resideInAPackage("org.hibernate.validator.."))))
                .because("a store is replaced by changing one module");
    }

    ArchRule sql_stays_in_stores() {
        return noClasses().that().resideOutsideOfPackage(stores()).should().dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "com.zaxxer.hikari..")
                .because("only a store talks to a database; its tests cover a database that fails");
    }

    ArchRule files_stay_in_stores() {
        return noClasses().that().resideOutsideOfPackages(stores(), bootstrap()).should().dependOnClassesThat()
                .resideInAPackage("java.nio.file..").orShould().dependOnClassesThat()
                .areAssignableTo(java.io.File.class)
                .because("only a store writes files; its tests cover a disk that fails");
    }

    ArchRule test_support_stays_in_tests() {
        return noClasses().that().resideOutsideOfPackage(testSupport()).should().dependOnClassesThat()
                .resideInAPackage(testSupport())
                .because("the running service needs no server that was made for tests");
    }

    ArchRule web_types_stay_in_the_web_adapter() {
        return noClasses().that().resideOutsideOfPackages(web(), bootstrap()).should().dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.springframework.web..", "org.springframework.http..")
                .because("use cases are called from more than HTTP");
    }

    ArchRule spring_security_stays_in_one_package() {
        return noClasses().that().resideOutsideOfPackage(security()).should().dependOnClassesThat()
                .resideInAnyPackage("org.springframework.security..", "com.nimbusds..")
                .because("who may do what is decided in one place, and none of its classes is loaded without log-in");
    }

    ArchRule servlet_types_stay_out_of_bootstrap() {
        return noClasses().that().resideInAPackage(bootstrap()).should().dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.springframework.web.bind..",
                        "org.springframework.web.servlet..")
                .because("bootstrap wires the web adapter, it does not serve requests");
    }

    ArchRule only_its_wiring_knows_a_store() {
        return noClasses().that().resideInAPackage(bootstrap()).and().resideOutsideOfPackage(storeWirings()).should()
                .dependOnClassesThat().resideInAPackage(stores())
                .because("a store is added or removed with one package, and nothing else changes");
    }

    ArchRule wirings_of_stores_do_not_use_each_other() {
        return slices().matching(root + ".bootstrap.store.(*)..").namingSlices("wiring of the store $1").should()
                .notDependOnEachOther().because("each store can be removed without the others");
    }

    ArchRule time_and_ids_come_from_outside() {
        return noClasses().that().resideOutsideOfPackages(bootstrap(), contract()).should()
                .callMethodWhere(readsTheClock().or(makesAnId()))
                .because("a transaction function that runs twice must decide the same twice, and tests set the clock");
    }

    ArchRule layers() {
        return layeredArchitecture().consideringOnlyDependenciesInAnyPackage(root + "..")
                .layer("domain").definedBy(domain())
                .layer("application").definedBy(application())
                .layer("web").definedBy(web())
                .layer("stores").definedBy(stores())
                .layer("assistants").definedBy(assistants())
                .layer("senders").definedBy(senders())
                .layer("chat exports").definedBy(chatExports())
                .layer("bootstrap").definedBy(bootstrap())
                .withOptionalLayers(true).ensureAllClassesAreContainedInArchitecture()
                .whereLayer("bootstrap").mayNotBeAccessedByAnyLayer()
                .whereLayer("web").mayOnlyBeAccessedByLayers("bootstrap")
                .whereLayer("stores").mayOnlyBeAccessedByLayers("bootstrap")
                .whereLayer("assistants").mayOnlyBeAccessedByLayers("bootstrap")
                .whereLayer("senders").mayOnlyBeAccessedByLayers("bootstrap")
                .whereLayer("chat exports").mayOnlyBeAccessedByLayers("bootstrap")
                .whereLayer("application").mayOnlyBeAccessedByLayers("web", "bootstrap")
                .because("dependencies point inward, and a class outside of every layer would obey no rule");
    }

    /** The packages of the JDK that do no I/O, with the few I/O types that compiled code names without doing any. */
    private static DescribedPredicate<JavaClass> pureJava() {
        return resideInAnyPackage("java.lang..", "java.math..", "java.text..", "java.time..", "java.util..",
                "java.security..", "java.nio.charset..").or(simpleName("Serializable"))
                .or(named("java.nio.ByteBuffer")).or(named("java.nio.CharBuffer")).or(named("java.net.URI"))
                .or(named("java.net.URISyntaxException"));
    }

    private DescribedPredicate<JavaClass> isChangeFeed() {
        return DescribedPredicate.describe("are the change feed",
                c -> c.getName().startsWith(root + ".domain.port.ChangeFeed"));
    }

    private static DescribedPredicate<JavaCall<?>> readsTheClock() {
        return DescribedPredicate.describe("read the system's clock", call -> {
            var target = call.getTarget();
            var owner = target.getOwner();
            boolean readsNow = owner.getPackageName().equals("java.time") && target.getName().equals("now")
                    && target.getRawParameterTypes().stream().noneMatch(c -> c.isAssignableTo(Clock.class));
            return readsNow
                    || owner.isEquivalentTo(Clock.class) && target.getName().matches("system.*|tick[MS].*")
                    || owner.isEquivalentTo(InstantSource.class) && target.getName().equals("system")
                    || owner.isEquivalentTo(Math.class) && target.getName().equals("random")
                    || owner.isEquivalentTo(System.class) && target.getName().equals("currentTimeMillis");
        });
    }

    private static DescribedPredicate<JavaCall<?>> makesAnId() {
        return DescribedPredicate.describe("make an id", call -> call.getTargetOwner().isEquivalentTo(UUID.class)
                && call.getTarget().getName().equals("randomUUID"));
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, c -> c.getName().equals(name));
    }

    private String domain() {
        return root + ".domain..";
    }

    private String ports() {
        return root + ".domain.port..";
    }

    private String application() {
        return root + ".application..";
    }

    private String useCases() {
        return root + ".application";
    }

    private String stores() {
        return root + ".adapter.persistence..";
    }

    String contract() {
        return root + ".adapter.persistence.contract..";
    }

    String testSupport() {
        return root + ".testsupport..";
    }

    private String assistants() {
        return root + ".adapter.assistant..";
    }

    private String senders() {
        return root + ".adapter.webhook..";
    }

    private String chatExports() {
        return root + ".adapter.chatexport..";
    }

    private String web() {
        return root + ".adapter.web..";
    }

    private String security() {
        return root + ".adapter.web.security..";
    }

    private String bootstrap() {
        return root + ".bootstrap..";
    }

    private String storeWirings() {
        return root + ".bootstrap.store.*..";
    }
}
