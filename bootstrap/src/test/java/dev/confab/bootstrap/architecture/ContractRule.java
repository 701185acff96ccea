package dev.confab.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every port that a store implements is called by the contract suite, and every store has a test class that extends the suite
 * and overrides and disables nothing of it. A store is all that is in one package below {@code adapter.persistence}.
 *
 * @param root the root package
 */
record ContractRule(String root) {

    /** @param classes the domain's, the contract's, the stores', and the tests of the stores */
    List<String> violations(JavaClasses classes) {
        var violations = new ArrayList<String>();
        var stores = stores(classes);
        classes.stream().filter(c -> storeOf(c).isPresent() && !isTestClass(c)).flatMap(this::ports).distinct()
                .filter(port -> !isCalledBySuite(classes, port))
                .forEach(port -> violations.add(port.getSimpleName() + " is implemented, and no contract calls it"));
        for (var store : stores) {
            var tests = classes.stream().filter(c -> isTestOf(c, store)).toList();
            if (tests.isEmpty()) {
                violations.add("the store " + store + " has no test that extends the contract");
            }
            tests.forEach(test -> violations.addAll(takenBack(test)));
        }
        return violations;
    }

    /** The names of the packages below {@code adapter.persistence} in which a port is implemented. */
    Set<String> stores(JavaClasses classes) {
        return classes.stream().filter(c -> !isTestClass(c) && ports(c).findAny().isPresent())
                .flatMap(c -> storeOf(c).stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Optional<String> storeOf(JavaClass c) {
        var stores = root + ".adapter.persistence.";
        return Optional.of(c.getPackageName())
                .filter(name -> name.startsWith(stores) && !(name + ".").startsWith(contract() + "."))
                .map(name -> name.substring(stores.length()).replaceFirst("\\..*", ""));
    }

    private static boolean isTestClass(JavaClass c) {
        return c.getSource().map(s -> s.getUri().toString().contains("/test-classes/")).orElse(false)
                && !c.getPackageName().contains(".broken.");
    }

    private Stream<JavaClass> ports(JavaClass c) {
        return c.isInterface()
                ? Stream.empty()
                : c.getAllRawInterfaces().stream()
                        .filter(i -> i.getPackageName().equals(root + ".domain.port") && i.isTopLevelClass());
    }

    private boolean isCalledBySuite(JavaClasses classes, JavaClass port) {
        return classes.stream().filter(c -> c.getPackageName().startsWith(contract()))
                .flatMap(c -> c.getMethodCallsFromSelf().stream())
                .anyMatch(call -> call.getTargetOwner().equals(port)
                        || call.getTargetOwner().isAssignableTo(port.getName()));
    }

    private boolean isTestOf(JavaClass c, String store) {
        return !c.getModifiers().contains(JavaModifier.ABSTRACT)
                && storeOf(c).equals(Optional.of(store))
                && c.getAllRawSuperclasses().stream().anyMatch(this::isSuite);
    }

    /** Wherever in the contract's packages the suite is. */
    private boolean isSuite(JavaClass c) {
        return c.getSimpleName().equals("ConversationStoreContract") && c.getPackageName().startsWith(contract());
    }

    private List<String> takenBack(JavaClass test) {
        var suite = test.getAllRawSuperclasses().stream().filter(c -> c.getPackageName().startsWith(contract()))
                .toList();
        var overridden = test.getMethods().stream()
                .filter(m -> suite.stream().anyMatch(s -> isOverridden(s, m)))
                .map(m -> m.getFullName() + " overrides a clause");
        var disabled = Stream.concat(Stream.of(test), test.getMethods().stream())
                .filter(e -> e.getAnnotations().stream()
                        .anyMatch(a -> a.getRawType().getName().startsWith("org.junit.jupiter.api.Disabled")
                                || a.getRawType().getName().startsWith("org.junit.jupiter.api.condition.")))
                .map(e -> e + " disables a clause");
        return Stream.concat(overridden, disabled).toList();
    }

    private static boolean isOverridden(JavaClass suite, JavaMethod method) {
        return suite.tryGetMethod(method.getName(),
                method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new))
                .filter(m -> !m.getModifiers().contains(JavaModifier.ABSTRACT)
                        && m.getAnnotations().stream()
                                .anyMatch(a -> a.getRawType().getPackageName().startsWith("org.junit.jupiter")))
                .isPresent();
    }

    private String contract() {
        return root + ".adapter.persistence.contract";
    }
}
