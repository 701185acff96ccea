package dev.confab.bootstrap.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.confab.domain.conversation.Digest;
import dev.confab.domain.conversation.Message;
import dev.confab.domain.conversation.MessageId;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.conversation.Role;
import dev.confab.domain.conversation.Version;
import dev.confab.domain.statistics.MediaFinder;
import dev.confab.domain.statistics.Period;
import dev.confab.domain.statistics.StatisticsReport;
import dev.confab.domain.statistics.StatisticsReport.Use;
import dev.confab.domain.statistics.StopWords;
import dev.confab.domain.statistics.Tally;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists that Lucene has, on sentences of their languages. */
class LuceneStopWordsTest {
    private static final StopWords WORDS = LuceneStopWords.read();

    private static StatisticsReport report(String text) {
        var tally = new Tally(Period.always(ZoneId.of("UTC")), MediaFinder.NONE);
        tally.add(new Message(new MessageId(new UUID(0x4000, 0x8000000000000000L)), 1, Role.USER, text,
                Optional.empty(), Metadata.EMPTY, Instant.EPOCH, Optional.empty(), Version.FIRST,
                Digest.of("test").build()));
        return tally.summary().report(WORDS, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"en|I don't know where the train to the sea is, and you?|train",
            "de|Ich weiß nicht, wann der Zug für uns über die Brücke fährt.|brücke",
            "fr|Je ne sais pas où est la mer dans ce pays.|mer",
            "es|No sé dónde está la playa de los niños, y ellos también quieren ir con nosotros.|playa",
            "ru|Я не знаю, где же он был с ними вчера.|вчера",
            "tr|Ben de bunu çok iyi biliyorum ama bu kadar için değil|biliyorum"})
    void the_language_of_a_sentence_is_recognised_by_its_stop_words(String language, String text, String left) {
        StatisticsReport report = report(text);
        assertThat(report.language()).contains(language);
        assertThat(report.words()).extracting(Use::text).contains(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"東京都に行きます", "qwertz asdf yxcv uiop", "", "42"})
    void a_text_of_no_such_language_keeps_its_words(String text) {
        assertThat(report(text).language()).isEmpty();
    }

    @Test
    void languages_are_named_by_their_codes() {
        for (String code : new String[]{"en", "de", "cs", "el", "ar", "hi", "none"}) {
            assertThatCode(() -> WORDS.require(Optional.of(code))).doesNotThrowAnyException();
        }
    }
}
