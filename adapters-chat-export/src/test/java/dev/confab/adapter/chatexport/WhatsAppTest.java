package dev.confab.adapter.chatexport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.domain.chatexport.ChatExportRejected;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.chatexport.ExportedMessage;
import dev.confab.domain.conversation.Title;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The quirks of WhatsApp's exports that no sample has, written by hand. */
class WhatsAppTest {

    private static Export read(String... lines) {
        return Export.inUtc(Bytes.text("chat.txt", String.join("\n", lines) + "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "13/12/19, 23:59 - Ann: hi|2019-12-13T23:59:00Z", "12/13/19, 11:59 PM - Ann: hi|2019-12-13T23:59:00Z",
            "12/13/19, 11:59\u202FPM - Ann: hi|2019-12-13T23:59:00Z",
            "13/12/19, 11:59 p. m. - Ann: hi|2019-12-13T23:59:00Z",
            "13/12/19, 11:59 p.\u00A0m. - Ann: hi|2019-12-13T23:59:00Z",
            "13/12/19, 11:59\u2009pm - Ann: hi|2019-12-13T23:59:00Z",
            "2019/12/13 下午11:59 - Ann: hi|2019-12-13T23:59:00Z", "2019/7/9, 上午12:05 - Ann: hi|2019-07-09T00:05:00Z",
            "2019/12/13 午後11:59 - Ann: hi|2019-12-13T23:59:00Z",
            "2019. 12. 13. 오후 11:59 - Ann: hi|2019-12-13T23:59:00Z",
            "\u200F13\u200F/12\u200F/2019، 11:59 م - Ann: hi|2019-12-13T23:59:00Z",
            "١٣\u200F/١٢\u200F/٢٠١٩، ١١:٥٩ م - Ann: hi|2019-12-13T23:59:00Z",
            "13/12/2019, 11:59 अपराह्न - Ann: hi|2019-12-13T23:59:00Z",
            "13/12/19, 11:59 μ.μ. - Ann: hi|2019-12-13T23:59:00Z",
            "13.12.2019, 11:59 אחה״צ - Ann: hi|2019-12-13T23:59:00Z", "13/12/19 23.59 - Ann: hi|2019-12-13T23:59:00Z",
            "13/12/19, 23:59 \u2013 Ann: hi|2019-12-13T23:59:00Z", "2019-12-13, 23:59 - Ann: hi|2019-12-13T23:59:00Z",
            "[13.12.19, 23:59:58] Ann: hi|2019-12-13T23:59:58Z",
            "\u200E[13/12/2019, 11:59:58\u202FPM] Ann: hi|2019-12-13T23:59:58Z",
            "\uFEFF[\uFEFF13.12.19, 23:59:58] Ann: hi|2019-12-13T23:59:58Z",
            "13/12/19, 12:01 am - Ann: hi|2019-12-13T00:01:00Z"})
    void a_header_in_the_form_of_any_phone(String line, Instant time) {
        var message = read(line).only().messages().getFirst();

        assertThat(message.createdAt()).contains(time);
        assertThat(message.author().orElseThrow().name()).isEqualTo("Ann");
        assertThat(message.text()).isEqualTo("hi");
    }

    @Test
    void lines_end_with_CR_LF_and_a_message_has_several() {
        Export export = Export.inUtc(Bytes.text("chat.txt",
                "\uFEFF13/12/19, 23:59 - Ann: one\r\ntwo\r\n\r\n\uFEFFthree\r\n14/12/19, 00:00 - Ben: four\r\n"));

        assertThat(export.lines()).containsExactly("2019-12-13T23:59:00Z|USER|Ann|one\ntwo\n\nthree",
                "2019-12-14T00:00:00Z|USER|Ben|four");
    }

    @Test
    void a_header_behind_a_mark_of_joined_files_begins_a_message() {
        assertThat(read("13/12/19, 23:59 - Ann: one", "\uFEFF14/12/19, 00:00 - Ben: two").lines()).hasSize(2);
    }

    @Test
    void names_are_those_that_the_phone_shows() {
        assertThat(
                read("[13.12.19, 10:00:00] ~\u202FAnn: a", "[13.12.19, 10:00:01] \u202A+49\u00A0151\u20112345\u202C: b",
                        "[13.12.19, 10:00:02] Dr. Who 👨‍⚕️: c", "[13.12.19, 10:00:03] a<b: d",
                        "[13.12.19, 10:00:04] Carol:").only().messages())
                .extracting(message -> message.author().orElseThrow().name())
                .containsExactly("Ann", "+49 151-2345", "Dr. Who 👨‍⚕️", "a<b", "Carol");
    }

    @Test
    void a_photo_to_be_seen_once_is_an_empty_message() {
        assertThat(read("13/12/19, 23:59 - Carol:", "13/12/19, 23:59 - Ann: what?").lines())
                .containsExactly("2019-12-13T23:59:00Z|USER|Carol|", "2019-12-13T23:59:00Z|USER|Ann|what?");
    }

    @Test
    void lines_of_the_system_have_no_author_even_if_the_file_names_one() {
        assertThat(
                read("[13.12.19, 10:00:00] Family: \u200EMessages and calls are end-to-end encrypted. No one outside.",
                        "[13.12.19, 10:00:01] Family: \u200EAnn created this group",
                        "[13.12.19, 10:00:02] Ann: \u200EBen changed their phone number",
                        "[13.12.19, 10:00:03] Ann: Ben left",
                        "[13.12.19, 10:00:04] Ann changed the subject to \"x: y\"").lines())
                .satisfiesExactly(line -> assertThat(line).contains("|SYSTEM|-|Messages and calls"),
                        line -> assertThat(line).contains("|SYSTEM|-|Ann created"),
                        line -> assertThat(line).contains("|SYSTEM|-|Ben changed"),
                        line -> assertThat(line).endsWith("|USER|Ann|Ben left"),
                        line -> assertThat(line).endsWith("|SYSTEM|-|Ann changed the subject to \"x: y\""));
    }

    @Test
    void what_is_said_of_a_file_stays_in_the_text_and_its_name_is_in_the_data() {
        var messages = read("[13.12.19, 10:00:00] Ann: \u200E<attached: 00000042-PHOTO-2019.jpg>", "a caption",
                "[13.12.19, 10:00:01] Ann: \u200Eimage omitted",
                "[13.12.19, 10:00:02] Ann: \u200EThis message was deleted.")
                .only().messages();

        assertThat(messages).extracting(ExportedMessage::text).containsExactly(
                "<attached: 00000042-PHOTO-2019.jpg>\na caption", "image omitted", "This message was deleted.");
        assertThat(messages.getFirst().data().orElseThrow()).contains("\"file\":\"00000042-PHOTO-2019.jpg\"");
        assertThat(messages.get(1).data().orElseThrow()).contains("\"omitted\":true");
        assertThat(read("1/12/19, 10:00 - Ann: IMG-1.jpg (Datei angehängt)",
                "13/12/19, 10:00 - Ann: <Medien ausgeschlossen>")
                .only().messages())
                .satisfiesExactly(file -> assertThat(file.data().orElseThrow()).contains("IMG-1.jpg"),
                        omitted -> assertThat(omitted.data().orElseThrow()).contains("omitted"));
    }

    @Test
    void the_order_of_the_file_stays_even_if_it_is_not_that_of_time() {
        assertThat(read("13/12/19, 10:05 - Ann: late", "13/12/19, 10:01 - Ben: early").lines()).containsExactly(
                "2019-12-13T10:05:00Z|USER|Ann|late", "2019-12-13T10:01:00Z|USER|Ben|early");
    }

    @Test
    void the_order_of_dates_is_that_in_which_days_follow_each_other() {
        Export export = read("1/2/19, 10:00 - Ann: a", "2/2/19, 10:00 - Ann: b", "3/2/19, 10:00 - Ann: c",
                "1/3/19, 10:00 - Ann: d");

        assertThat(export.lines().getLast()).startsWith("2019-03-01");
        assertThat(export.notes).anyMatch(note -> note.contains("are read as DMY"));
        assertThat(read("2/1/19, 10:00 - Ann: a", "2/2/19, 10:00 - Ann: b", "2/3/19, 10:00 - Ann: c",
                "2/4/19, 10:00 - Ann: d").lines().getLast()).startsWith("2019-02-04");
    }

    @Test
    void dates_in_the_future_are_none() {
        assertThat(read("1/7/26, 10:00 - Ann: a").lines()).containsExactly("2026-01-07T10:00:00Z|USER|Ann|a");
    }

    @Test
    void an_order_that_the_file_does_not_show_is_asked_for() {
        assertThatThrownBy(() -> read("1/2/19, 10:00 - Ann: a")).isInstanceOfSatisfying(ChatExportRejected.class,
                asked -> assertThat(asked.parameter()).contains(Parameter.DATE_ORDER)).hasMessageContaining("1/2/19");
        assertThatThrownBy(() -> Export.of(Bytes.text("chat.txt", "13/2/19, 10:00 - Ann: a"),
                Export.options("UTC", Optional.of(DateOrder.MDY)))).isInstanceOfSatisfying(ChatExportRejected.class,
                        asked -> assertThat(asked.parameter()).contains(Parameter.DATE_ORDER));
    }

    @Test
    void the_zone_is_asked_for_and_an_hour_that_repeats_goes_on() {
        assertThatThrownBy(() -> Export.of(Bytes.text("chat.txt", "13/12/19, 10:00 - Ann: a"))).isInstanceOfSatisfying(
                ChatExportRejected.class, asked -> assertThat(asked.parameter()).contains(Parameter.ZONE));

        Export autumn = Export.of(Bytes.text("chat.txt", """
                27/10/19, 02:30 - Ann: summer
                27/10/19, 02:59 - Ann: summer
                27/10/19, 02:10 - Ann: winter
                27/10/19, 03:00 - Ann: winter
                """), Export.options("Europe/Berlin", Optional.empty()));
        assertThat(autumn.only().messages()).extracting(message -> message.createdAt().orElseThrow().toString())
                .containsExactly("2019-10-27T00:30:00Z", "2019-10-27T00:59:00Z", "2019-10-27T01:10:00Z",
                        "2019-10-27T02:00:00Z");
    }

    @Test
    void the_same_words_in_the_same_minute_are_two_messages_with_lasting_ids() {
        Export once = read("13/12/19, 10:00 - Ann: ok", "13/12/19, 10:00 - Ann: ok");
        Export later = read("13/12/19, 10:00 - Ann: ok", "13/12/19, 10:00 - Ann: ok", "13/12/19, 10:01 - Ben: ok");

        assertThat(once.only().messages()).extracting(ExportedMessage::id).doesNotHaveDuplicates();
        assertThat(later.only().id()).isEqualTo(once.only().id());
        assertThat(later.only().messages().subList(0, 2)).isEqualTo(once.only().messages());
    }

    @ParameterizedTest
    @ValueSource(strings = {"WhatsApp Chat with Ann.txt", "WhatsApp-Chat mit Ann.txt",
            "WhatsApp Chat with Ann (2).txt"})
    void the_title_is_the_name_in_the_name_of_the_file(String name) {
        assertThat(Export.inUtc(Bytes.text(name, "13/12/19, 10:00 - Ann: a")).only().title())
                .contains(new Title("Ann"));
    }

    @Test
    void an_archive_has_the_text_beside_its_media() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("00000001-PHOTO.jpg", "no text");
        entries.put("_chat.txt", "[13.12.19, 10:00:00] Ann: \u200E<attached: 00000001-PHOTO.jpg>");

        Export export = Export.inUtc(Bytes.zip("WhatsApp Chat - Ann.zip", entries));

        assertThat(export.only().title()).contains(new Title("Ann"));
        assertThat(export.only().place()).isEqualTo("_chat.txt");
    }

    @Test
    void a_text_that_only_looks_like_it_is_none() {
        assertThatThrownBy(() -> read("Notes of 13/12/19", "13/12/19, 10:00 - Ann: a"))
                .isInstanceOf(ChatExportRejected.class).hasMessageContaining("none of the formats")
                .hasMessageContaining(
                        "mapping");
    }
}
