package dev.confab.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import java.util.List;

/** Each rule finds the fixture that breaks it: a rule that cannot fail would be worse than none. */
class RulesBiteTest {
    private static final String ROOT = "dev.confab.bootstrap.architecture.broken";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(ROOT);

    static final List<Arguments> CASES = List.of(breaks("ReadsFiles", Rules::domain_is_pure),
            breaks("UsesSpring", Rules::application_knows_no_framework),
            breaks("UsesServlet", Rules::application_knows_no_framework),
            breaks("CallsFileStore", Rules::adapters_do_not_use_each_other),
            breaks("CallsService", Rules::adapters_use_only_the_ports),
            breaks("CallsBootstrap", Rules::adapters_use_only_the_ports),
            breaks("UsesJpa", Rules::persistence_frameworks_stay_in_their_adapter),
            breaks("UsesHibernate", Rules::persistence_frameworks_stay_in_their_adapter),
            breaks("UsesSpringData", Rules::persistence_frameworks_stay_in_their_adapter),
            breaks("AsksSql", Rules::sql_stays_in_the_jpa_store),
            breaks("HoldsPool", Rules::sql_stays_in_the_jpa_store),
            breaks("StartsServer", Rules::test_support_stays_in_tests),
            breaks("LeansOnFiles", Rules::adapters_do_not_use_each_other),
            breaks("ReadsPaths", Rules::files_stay_in_the_file_store),
            breaks("UsesServlet", Rules::web_types_stay_in_the_web_adapter),
            breaks("ServesRequests", Rules::servlet_types_stay_out_of_bootstrap),
            breaks("AsksTheClock.now", Rules::time_and_chance_come_from_outside),
            breaks("AsksTheClock.id", Rules::time_and_chance_come_from_outside),
            breaks("domain.one", Rules::no_cycles), breaks("Unmarked", Rules::every_package_is_null_marked),
            breaks("OutsideTheLayers", Rules::layers), breaks("CallsBootstrap", Rules::layers),
            breaks("CallsFileStore", Rules::layers), breaks("CallsJpaStore", Rules::layers));

    @ParameterizedTest(name = "{0}: {1}")
    @FieldSource("CASES")
    void the_rule_finds_what_breaks_it(String fixture, String rule, Function<Rules, ArchRule> of) {
        var result = of.apply(new Rules(ROOT)).allowEmptyShould(false).evaluate(BROKEN);

        assertThat(result.getFailureReport().getDetails()).anyMatch(line -> line.contains(fixture));
    }

    @Test
    void every_rule_has_a_fixture() {
        var rules = java.util.Arrays.stream(Rules.class.getDeclaredMethods())
                .filter(m -> m.getReturnType() == ArchRule.class)
                .map(m -> describe(r -> (ArchRule) invoke(m, r))).toList();

        assertThat(CASES.stream().map(c -> (String) c.get()[1]).distinct()).containsExactlyInAnyOrderElementsOf(rules);
    }

    @Test
    void the_contract_rule_finds_every_way_out() {
        assertThat(new ContractRule(ROOT).violations(BROKEN)).satisfiesExactlyInAnyOrder(
                v -> assertThat(v).contains("ForgottenPort", "no contract calls it"),
                v -> assertThat(v).contains("UntestedStore", "no test"),
                v -> assertThat(v).contains("OverridingContract.holds_S1", "overrides"),
                v -> assertThat(v).contains("DisablingContract", "disables"));
    }

    private static Arguments breaks(String fixture, Function<Rules, ArchRule> rule) {
        return Arguments.of(fixture, describe(rule), rule);
    }

    private static String describe(Function<Rules, ArchRule> rule) {
        return rule.apply(new Rules(ROOT)).getDescription();
    }

    private static Object invoke(java.lang.reflect.Method method, Rules rules) {
        try {
            return method.invoke(rules);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
