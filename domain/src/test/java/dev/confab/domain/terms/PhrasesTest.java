package dev.confab.domain.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "see GitHub now | github", "see github now | GitHub", "call getUserName() | username",
            "call getUserName() | USERNAME", "new MyHttpRequestFactory() | HttpRequest",
            "in user_name it is | user_name",
            "in user_name it is | user-name", "release 1.2.3 is out | 1.2.3", "release v1.2.3 | v1.2",
            "see #café2024 there | #cafe2024", "the file a-b_c.tar.gz | c.tar", "C++ and C# | c#", "a=b&c=d | c=d",
            "naïve façade | naive", "GRÜSSE aus | grüße", "gru\u0308ße | GRÜSSE", "ψυχής | ΨΥΧΗΣ", "IŞIK | ışık",
            "Straße | strasse", "２０２６年 | 2026", "ﬁle system | file", "第Ⅳ章 | iv", "smørrebrød | smorrebrod",
            "Đà Nẵng | da nang", "대한민국에서 | 대한민국", "대한민국에서 | 민국", "ខ្ញុំ\u200Bចង់ទៅ | ខ្ញុំចង់", "မြန်မာစာ | မြန်မာ",
            "ພາສາລາວ | ລາວ", "हिन्दी में लिखो | हिन्दी", "اَلْعَرَبِيَّةُ | العربية", "כָּל־הָאָרֶץ | הארץ",
            "צה״ל כאן | צה\"ל",
            "مي\u200Cخواهم | ميخواهم", "私はiPhoneを使う | iphoneを", "ok 👍🏽 | 👍", "ok 👍🏽 | 👍🏽",
            "flags 🇩🇪🇫🇷 | 🇫🇷",
            "I ❤️ it | ❤", "rock’n’roll | rock'n'roll", "п’ять | п'ять", "ab\u200Bcd | cd", "カ\u3099ラス | ガラス"})
    void matches(String text, String query) {
        assertThat(Phrases.of(query, false).matches(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "我们去哪里旅行 | 行旅", "旅。行 | 旅行", "旅 行 | 旅行", "known well | well-known", "name of the user | user_name",
            "user and name | user_name", "1.3.2 | 1.2.3", "a category | cat", "getUserName | serName",
            "username | user",
            "flags 🇩🇪🇫🇷 | 🇪🇫", "👍 | 👍🏽", "กรุงเทพ | กรูง", "カラス | ガラス", "мои | мой", "हिन्दी | हन्द",
            "the cat sat | cat dog", "aBcDeFgHi | bcdefgh", "😀 😀 | 😀😀"})
    void does_not_match(String text, String query) {
        assertThat(Phrases.of(query, false).matches(text)).isFalse();
    }

    @Test
    void words_between_spaces_may_be_anywhere_and_in_any_order() {
        assertThat(Phrases.of("sat the\u00A0cat\u3000on", false).matches("on a mat the cat sat")).isTrue();
    }

    @Test
    void a_prefix_is_of_the_last_word_only_and_of_letters_only() {
        assertThat(Phrases.of("quick fo", true).matches("the quick brown fox")).isTrue();
        assertThat(Phrases.of("qui fox", true).matches("the quick brown fox")).isFalse();
        assertThat(Phrases.of("fox", true).matches("fox")).isTrue();
        assertThat(Phrases.of("userN", true).matches("getUserName")).isTrue();
        assertThat(Phrases.of("getUserNam", true).matches("getUserNameOrNull")).isTrue();
        assertThat(Phrases.of("java.util.Ha", true).matches("java.util.HashMap")).isTrue();
        assertThat(Phrases.of("java.util.Ma", true).matches("java.util.HashMap")).isFalse();
        assertThat(Phrases.of("กร", true).prefix()).isEmpty();
        assertThat(Phrases.of("I like 旅", true).matches("I like 旅行")).isTrue();
    }

    @Test
    void terms_are_the_words_and_pairs_and_the_prefix_is_apart() {
        assertThat(Phrases.of("b A c a", false).terms()).containsExactly("b", "a", "c");
        assertThat(Phrases.of("上海東 京 getUserName", false).terms()).containsExactly("上海", "海東", "京", "getusername");
        assertThat(Phrases.of("well-kno", true).terms()).containsExactly("well");
        assertThat(Phrases.of("well-kno", true).prefix()).contains("kno");
        assertThat(Phrases.of(" ?! ", true).isEmpty()).isTrue();
        assertThat(Phrases.of("", true).prefix()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a cup at the café! | cafe | café", "cafe\u0301 here | café | cafe\u0301",
            "ein ﬁeld | field | ﬁeld", "Die Straße. | STRASSE | Straße", "İstanbul güzel | istanbul | İstanbul",
            "a well-known trick | well-known | well-known", "see java.util.HashMap ok | HashMap | HashMap",
            "getUserName() | username | UserName", "HTTPServer | server | Server", "我们去哪里旅行 | 旅行 | 旅行",
            "ｶﾞﾗｽ! | ガラス | ｶﾞﾗｽ", "a soft\u00ADhyphen b | softhyphen | soft\u00ADhyphen", "x 👨‍👩‍👧 y | 👩 | 👩",
            "שָׁלוֹם לכולם | שלום | שָׁלוֹם", "ฉันไปกรุงเทพ | กรุงเทพ | กรุงเทพ", "e\u0301 | é | e\u0301",
            "searching it | searching | searching", "😀😀😀 | 😀😀 | 😀😀😀"})
    void a_place_is_what_matched_in_the_text_as_it_was_written(String text, String query, String expected) {
        assertThat(Phrases.of(query, false).find(text)).extracting(place -> text.substring(place.start(), place.end()))
                .containsExactly(expected);
    }

    @Test
    void a_text_that_matches_has_all_terms_and_each_place_matches_alone() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int matched = 0;
        for (int round = 0; round < 20_000; round++) {
            String text = RandomTexts.next(random, 12);
            String query = random.nextBoolean() ? RandomTexts.next(random, 4) : piece(text, random);
            var phrases = Phrases.of(query, random.nextBoolean());
            String as = "seed %d, round %d: <%s> in <%s>".formatted(seed, round, query, text);
            if (!phrases.isEmpty() && phrases.matches(text)) {
                matched++;
                assertThat(Terms.of(text)).as(as).containsAll(phrases.terms());
                assertThat(phrases.prefix().stream()
                        .allMatch(prefix -> Terms.of(text).stream().anyMatch(term -> term.startsWith(prefix)))).as(as)
                        .isTrue();
                assertThat(phrases.find(text)).as(as).isNotEmpty();
            }
            assertInOrder(text, phrases.find(text), as);
        }
        assertThat(matched).isGreaterThan(2_000);
    }

    private static void assertInOrder(String text, List<Phrases.Place> places, String as) {
        int end = 0;
        for (Phrases.Place place : places) {
            assertThat(place.start()).as(as).isGreaterThanOrEqualTo(end);
            assertThat(place.end()).as(as).isBetween(place.start() + 1, text.length());
            assertThat(Stream.of(place.start(), place.end()).noneMatch(at -> isInPair(text, at))).as(as).isTrue();
            end = place.end();
        }
    }

    private static boolean isInPair(String text, int at) {
        return at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    private static String piece(String text, Random random) {
        int start = random.nextInt(text.length() + 1);
        return text.substring(start, start + random.nextInt(text.length() - start + 1));
    }
}
