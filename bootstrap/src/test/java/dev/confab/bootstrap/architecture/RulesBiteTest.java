package dev.confab.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Each rule finds the fixture that breaks it: a rule that cannot fail would be worse than none. */
class RulesBiteTest {
    private static final String ROOT = "dev.confab.bootstrap.architecture.broken";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(ROOT);
    private static final Rules RULES = new Rules(ROOT);
    private static final PackageRules PACKAGES = new PackageRules(ROOT, 3, 4);

    static final List<Arguments> CASES = List.of(
            breaks(RULES.domain_is_pure(), "ReadsFiles"),
            breaks(RULES.application_knows_no_framework(), "UsesSpring", "UsesServlet", "OpensSocket"),
            breaks(RULES.domain_and_application_are_free_of_chance(), "RollsDice.random", "RollsDice.threadLocalRandom",
                    "RollsDice.mathRandom", "RollsDice.today()"),
            breaks(RULES.adapters_do_not_use_each_other(), "CallsFileStore", "LeansOnFiles"),
            breaks(RULES.adapters_use_the_application_through_its_driving_ports(), "CallsService", "CallsBootstrap"),
            breaks(RULES.web_uses_no_driven_port(), "CallsStore"),
            breaks(RULES.persistence_frameworks_stay_in_stores(), "UsesJpa", "UsesHibernate", "UsesSpringData"),
            breaks(RULES.sql_stays_in_stores(), "AsksSql", "HoldsPool"),
            breaks(RULES.files_stay_in_stores(), "ReadsPaths"),
            breaks(RULES.test_support_stays_in_tests(), "StartsServer"),
            breaks(RULES.web_types_stay_in_the_web_adapter(), "UsesServlet"),
            breaks(RULES.spring_security_stays_in_one_package(), "AsksWhoCalls", "ReadsTokens"),
            breaks(RULES.servlet_types_stay_out_of_bootstrap(), "ServesRequests"),
            breaks(RULES.only_its_wiring_knows_a_store(), "KnowsStore"),
            breaks(RULES.wirings_of_stores_do_not_use_each_other(), "WiringOne"),
            breaks(RULES.time_and_ids_come_from_outside(), "AsksTheClock.now", "AsksTheClock.id"),
            breaks(RULES.layers(), "OutsideTheLayers", "CallsBootstrap", "CallsFileStore", "CallsJpaStore"),
            breaks(PACKAGES.packages_depend_one_way(), "domain.one"),
            breaks(PACKAGES.packages_are_small(), "adapter.web.api has 8 files; at most 3"),
            breaks(PACKAGES.packages_are_null_marked(), "domain.unmarked"),
            breaks(PACKAGES.packages_are_described(), "domain.undocumented", "domain.unmarked"));

    /** Fixtures that keep to every rule. */
    private static final Pattern GOOD = Pattern.compile(
            "(Class|Constructor|Field|Method) <[^ (]*(KeepsFiles|KeepsRows|KeepsToThePorts|ChecksCallers|GoodStore|RollsDice.todayOf)");

    @ParameterizedTest(name = "{2}")
    @FieldSource("CASES")
    void the_rule_finds_the_classes_that_break_it_and_no_others(String description, ArchRule rule,
            List<String> fixtures) {
        var found = rule.allowEmptyShould(false).evaluate(BROKEN).getFailureReport().getDetails();

        assertThat(fixtures).allSatisfy(fixture -> assertThat(found).anyMatch(line -> line.contains(fixture)));
        assertThat(found).noneMatch(line -> GOOD.matcher(line).find());
    }

    @Test
    void every_rule_has_a_fixture() {
        var rules = Stream.concat(rulesOf(RULES), rulesOf(PACKAGES)).map(ArchRule::getDescription).toList();

        assertThat(CASES.stream().map(c -> (String) c.get()[0])).containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void the_contract_rule_finds_every_way_out() {
        assertThat(new ContractRule(ROOT).violations(BROKEN)).satisfiesExactlyInAnyOrder(
                v -> assertThat(v).contains("ForgottenPort", "no contract calls it"),
                v -> assertThat(v).contains("untested", "no test"),
                v -> assertThat(v).contains("OverridingContract.holds_S1", "overrides"),
                v -> assertThat(v).contains("DisablingContract", "disables"));
    }

    private static Arguments breaks(ArchRule rule, String... fixtures) {
        return Arguments.of(rule.getDescription(), rule, List.of(fixtures));
    }

    static Stream<ArchRule> rulesOf(Object rules) {
        return Arrays.stream(rules.getClass().getDeclaredMethods())
                .filter(method -> method.getReturnType() == ArchRule.class)
                .map(method -> (ArchRule) invoke(method, rules));
    }

    private static Object invoke(Method method, Object rules) {
        try {
            return method.invoke(rules);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
