package dev.confab.domain.statistics;

import dev.confab.domain.conversation.InvalidValue;
import dev.confab.domain.terms.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The words of each language that say nothing by themselves, such as "the" and "and". */
public final class StopWords {
    /** In place of a language: no word is left out. */
    public static final String NO_LANGUAGE = "none";
    public static final StopWords NONE = new StopWords(Map.of());
    /** A language is recognised if one of so many words is a stop word of it. In most languages it is one of two or three. */
    private static final int SHARE = 8;

    private final NavigableMap<String, Set<String>> byLanguage = new TreeMap<>();

    /** @param byLanguage entries may have several words, as the tokenizer sees them: {@code don't} */
    public StopWords(Map<String, ? extends Iterable<String>> byLanguage) {
        byLanguage.forEach((language, entries) -> {
            var words = new HashSet<String>();
            entries.forEach(entry -> words.addAll(Words.of(entry).used()));
            this.byLanguage.put(language, Set.copyOf(words));
        });
    }

    /** Throws {@link InvalidValue} for a language that is not known. */
    public void require(Optional<String> language) {
        if (language.filter(name -> !name.equals(NO_LANGUAGE) && !byLanguage.containsKey(name)).isPresent()) {
            var known = new TreeSet<>(byLanguage.keySet());
            known.add(NO_LANGUAGE);
            throw new InvalidValue("language", "must be one of " + String.join(", ", known));
        }
    }

    /**
     * The language whose stop words are to be left out.
     *
     * @param asked for; if empty, it is the language of which most words are stop words, as long as these are not few
     */
    Optional<String> language(Optional<String> asked, List<Map.Entry<String, Long>> words) {
        if (asked.isPresent()) {
            return asked.filter(byLanguage::containsKey);
        }
        long all = words.stream().mapToLong(Map.Entry::getValue).sum();
        String best = NO_LANGUAGE;
        long most = all / SHARE;
        for (var language : byLanguage.entrySet()) {
            long stopped = words.stream().filter(word -> language.getValue().contains(word.getKey()))
                    .mapToLong(Map.Entry::getValue).sum();
            if (stopped > most) {
                best = language.getKey();
                most = stopped;
            }
        }
        return Optional.of(best).filter(byLanguage::containsKey);
    }

    boolean contains(String language, String word) {
        return byLanguage.getOrDefault(language, Set.of()).contains(word);
    }
}
