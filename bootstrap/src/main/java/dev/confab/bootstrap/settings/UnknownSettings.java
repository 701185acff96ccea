package dev.confab.bootstrap.settings;

import dev.confab.bootstrap.failure.CannotStart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Refuses a setting under {@code confab.} that does not exist, before anything is opened: a mistyped name would otherwise leave the
 * default in force. The known names are those that Spring Boot's annotation processor wrote down from the settings' records.
 */
final class UnknownSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("confab");

    /** What Kubernetes sets in every container of a namespace with a service called {@code confab}. */
    private static final Pattern KUBERNETES = Pattern.compile("confab\\.(service|port)([.\\[].*)?");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var sources = ConfigurationPropertySources.get(context.getEnvironment());
        var known = known(context);
        for (ConfigurationPropertySource source : sources) {
            boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
            Function<String, String> spelling = variables ? UnknownSettings::withoutPunctuation : Function.identity();
            var spellings = known.stream().map(spelling).collect(Collectors.toSet());
            namesIn(source).filter(name -> !spellings.contains(spelling.apply(name)))
                    .filter(name -> !variables || !KUBERNETES.matcher(name).matches())
                    .findFirst().ifPresent(name -> refuse(name, known));
        }
    }

    /** The names below the prefix that a source sets, in their dashed form and without the index of a list's element. */
    private static Stream<String> namesIn(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource iterable
                ? iterable.stream().filter(PREFIX::isAncestorOf).map(UnknownSettings::withoutIndex)
                : Stream.empty();
    }

    private static String withoutIndex(ConfigurationPropertyName name) {
        var own = name.isLastElementIndexed() ? name.getParent() : name;
        return own.toString();
    }

    /** Environment variables have no dashes: {@code CONFAB_FILE_LOCK_TIMEOUT} and {@code CONFAB_FILE_LOCKTIMEOUT} name the same setting. */
    private static String withoutPunctuation(String name) {
        return name.replaceAll("[^a-z0-9]", "");
    }

    private static Set<String> known(ResourcePatternResolver resources) {
        try {
            var repository = ConfigurationMetadataRepositoryJsonBuilder.create();
            for (Resource file : resources.getResources("classpath*:META-INF/spring-configuration-metadata.json")) {
                // Most describe the settings of libraries only: to parse them, too, would lengthen each start.
                byte[] json = file.getContentAsByteArray();
                if (new String(json, StandardCharsets.UTF_8).contains("\"" + PREFIX + ".")) {
                    repository.withJsonResource(new ByteArrayInputStream(json));
                }
            }
            return repository.build().getAllProperties().keySet().stream().filter(name -> name.startsWith(PREFIX + "."))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException("The description of the settings in the jar cannot be read", e);
        }
    }

    private static void refuse(String name, Set<String> known) {
        var distance = LevenshteinDistance.getDefaultInstance();
        String nearest = known.stream().min(Comparator.comparingInt(each -> distance.apply(each, name))).orElseThrow();
        throw new CannotStart("Confab has no setting " + name + ".",
                "Did you mean " + nearest + "? docs/operations.md lists all settings.");
    }
}
