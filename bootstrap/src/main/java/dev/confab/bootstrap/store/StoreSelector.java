package dev.confab.bootstrap.store;

import dev.confab.bootstrap.failure.CannotStart;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** Imports the wiring class of the store that {@code confab.persistence} names, which it finds on the class path. */
public final class StoreSelector implements ImportSelector {
    /** The store that runs when {@code confab.persistence} is not set. */
    public static final String DEFAULT_STORE = "file";

    private static final String SETTING = "confab.persistence";

    private final Environment environment;
    private final ResourceLoader resources;

    StoreSelector(Environment environment, ResourceLoader resources) {
        this.environment = environment;
        this.resources = resources;
    }

    @Override
    public String[] selectImports(AnnotationMetadata importing) {
        var wirings = wirings();
        var name = environment.getProperty(SETTING, DEFAULT_STORE);
        var selected = wirings.get(name);
        if (selected == null) {
            throw new CannotStart(SETTING + " is \"" + name + "\", but Confab has no store of that name.",
                    "Set " + SETTING + " to one of: " + String.join(", ", wirings.keySet()) + ".");
        }
        return new String[]{selected};
    }

    /** The class name of each store's wiring by the name of the store, in order; upper and lower case are the same. */
    private Map<String, String> wirings() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false, environment);
        scanner.setResourceLoader(resources);
        scanner.addIncludeFilter(new AnnotationTypeFilter(StoreWiring.class));
        var wirings = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var candidate : scanner.findCandidateComponents(StoreSelector.class.getPackageName())) {
            var metadata = ((AnnotatedBeanDefinition) candidate).getMetadata();
            var name = metadata.getAnnotations().get(StoreWiring.class).getString("value");
            var other = wirings.put(name, metadata.getClassName());
            if (other != null) {
                throw new CannotStart("Two stores have the name \"" + name + "\": " + other + " and "
                        + metadata.getClassName() + ".", "Give one of them another name in @StoreWiring.");
            }
        }
        return wirings;
    }
}
