package dev.confab.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The domain and the use cases name an invalid value by a parameter of their own, or by a path that begins with one; only the web knows the names of the API. */
class FieldNamesTest {
    private static final Pattern FIELD = Pattern
            .compile("(?:InvalidValue|TextRules\\.\\w+|CanonicalUuid\\.parse)\\(\\s*\"([^\"]*)\"");

    @Test
    void every_invalid_value_has_the_name_of_a_parameter() throws IOException {
        String sources = sources(Path.of("src/main/java")) + sources(Path.of("../domain/src/main/java"));

        List<String> fields = FIELD.matcher(sources).results()
                .map((MatchResult found) -> found.group(1).replaceFirst("/.*", "")).distinct()
                .toList();

        assertThat(fields).hasSizeGreaterThan(20).allSatisfy(
                field -> assertThat(sources).containsPattern("[\\w>] " + Pattern.quote(field) + "[,)]"));
    }

    private static String sources(Path root) throws IOException {
        var all = new StringBuilder();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
