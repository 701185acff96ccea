package dev.confab.bootstrap.statistics;

import dev.confab.domain.statistics.StopWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.WordlistLoader;

/** The lists of stop words that Lucene's analyzers have, read without the analyzers. */
final class LuceneStopWords {
    private static final String PLACE = "/org/apache/lucene/analysis/";
    /** Lists of the Snowball project, by the names of their files; they have a comment after each word. */
    private static final Map<String, String> SNOWBALL = Map.ofEntries(Map.entry("da", "danish"),
            Map.entry("de", "german"), Map.entry("en", "english"), Map.entry("es", "spanish"),
            Map.entry("fi", "finnish"), Map.entry("fr", "french"), Map.entry("ga", "irish"),
            Map.entry("hu", "hungarian"), Map.entry("it", "italian"), Map.entry("nl", "dutch"),
            Map.entry("no", "norwegian"), Map.entry("pt", "portuguese"), Map.entry("ru", "russian"),
            Map.entry("sv", "swedish"));
    /** Plain lists, by the language. Those of languages without spaces would match no pair of characters. */
    private static final List<String> PLAIN = List.of("ar", "bg", "bn", "br", "ca", "ckb", "cz", "el", "et", "eu",
            "fa", "gl", "hi", "hy", "id", "lt", "lv", "ne", "ro", "sr", "ta", "te", "tr");
    private static final Map<String, String> CODES = Map.of("cz", "cs");

    private LuceneStopWords() {
    }

    static StopWords read() {
        var lists = new HashMap<String, List<String>>();
        SNOWBALL.forEach((code, name) -> lists.put(code,
                read("snowball/" + name + "_stop.txt", WordlistLoader::getSnowballWordSet)));
        PLAIN.forEach(name -> lists.put(CODES.getOrDefault(name, name),
                read(name + "/stopwords.txt", in -> WordlistLoader.getWordSet(in, "#"))));
        return new StopWords(lists);
    }

    private interface Format {
        CharArraySet read(InputStream in) throws IOException;
    }

    private static List<String> read(String file, Format format) {
        try (InputStream in = LuceneStopWords.class.getResourceAsStream(PLACE + file)) {
            if (in == null) {
                throw new IllegalStateException("Lucene has no " + PLACE + file);
            }
            return StreamSupport.stream(format.read(in).spliterator(), false).map(word -> new String((char[]) word))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
