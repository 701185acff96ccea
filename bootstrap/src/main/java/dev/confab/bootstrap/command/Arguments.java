package dev.confab.bootstrap.command;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The arguments of the jar.
 *
 * @param settings for Spring, such as {@code --confab.file.directory=./data}
 * @param words for picocli: the command and its own options
 */
record Arguments(List<String> settings, List<String> words) {
    private static final Predicate<String> SETTING = Pattern
            .compile("--(confab|spring|server|logging|management)\\..*|--(debug|trace)").asMatchPredicate();

    static Arguments of(String... arguments) {
        var parts = Arrays.stream(arguments).collect(Collectors.partitioningBy(SETTING));
        return new Arguments(parts.getOrDefault(true, List.of()), parts.getOrDefault(false, List.of()));
    }
}
