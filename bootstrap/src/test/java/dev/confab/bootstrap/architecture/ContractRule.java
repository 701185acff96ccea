package dev.confab.bootstrap.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every port that a persistence adapter implements is called by the contract suite, and every implementation has a test class
 * that extends the suite and overrides and disables nothing of it.
 *
 * @param root the root package
 */
record ContractRule(String root) {

    /** @param classes the domain's, the contract's, the adapters', and the tests of the adapters */
    List<String> violations(JavaClasses classes) {
        var violations = new ArrayList<String>();
        var stores = classes.stream().filter(this::isStore).toList();
        stores.stream().flatMap(this::ports).distinct().filter(port -> !isCalledBySuite(classes, port))
                .forEach(port -> violations.add(port.getSimpleName() + " is implemented, and no contract calls it"));
        for (var store : stores) {
            var tests = classes.stream().filter(c -> isTestOf(c, store)).toList();
            if (tests.isEmpty()) {
                violations.add(store.getName() + " has no test that extends the contract");
            }
            tests.forEach(test -> violations.addAll(takenBack(test)));
        }
        return violations;
    }

    /** The implementations found; a rule over none would say nothing. */
    List<JavaClass> stores(JavaClasses classes) {
        return classes.stream().filter(this::isStore).toList();
    }

    private boolean isStore(JavaClass c) {
        return c.getPackageName().startsWith(root + ".adapter.persistence.")
                && !c.getPackageName().startsWith(contract()) && !c.isInterface()
                && !isTestClass(c) && ports(c).findAny().isPresent() && c.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isTestClass(JavaClass c) {
        return c.getSource().map(s -> s.getUri().toString().contains("/test-classes/")).orElse(false)
                && !c.getPackageName().contains(".broken.");
    }

    private Stream<JavaClass> ports(JavaClass c) {
        return c.getAllRawInterfaces().stream().filter(i -> i.getPackageName().equals(root + ".domain.port"));
    }

    private boolean isCalledBySuite(JavaClasses classes, JavaClass port) {
        return classes.stream().filter(c -> c.getPackageName().startsWith(contract()))
                .flatMap(c -> c.getMethodCallsFromSelf().stream())
                .anyMatch(call -> call.getTargetOwner().equals(port)
                        || call.getTargetOwner().isAssignableTo(port.getName()));
    }

    private boolean isTestOf(JavaClass c, JavaClass store) {
        return !c.getModifiers().contains(JavaModifier.ABSTRACT)
                && c.getPackageName().equals(store.getPackageName())
                && c.isAssignableTo(contract() + ".ConversationStoreContract");
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
