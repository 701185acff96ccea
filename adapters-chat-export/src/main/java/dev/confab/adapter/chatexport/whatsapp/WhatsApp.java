package dev.confab.adapter.chatexport.whatsapp;

import dev.confab.adapter.chatexport.file.Entry;
import dev.confab.adapter.chatexport.format.Contents;
import dev.confab.adapter.chatexport.format.ExportFormat;
import dev.confab.adapter.chatexport.format.Reading;
import dev.confab.adapter.chatexport.json.Refused;
import dev.confab.domain.chatexport.ChatExportRejected.Parameter;
import dev.confab.domain.chatexport.DateOrder;
import dev.confab.domain.chatexport.Refusal;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WhatsApp: a text for each chat, alone or in an archive with its media. */
public final class WhatsApp implements ExportFormat {
    /** How the application names a file, in languages with many users; the browser may add a number. */
    private static final Pattern FILE_NAME = Pattern.compile("^(?:WhatsApp Chat (?:with|-) |WhatsApp-Chat mit "
            + "|Chat de WhatsApp con |Discussion WhatsApp avec |Chat WhatsApp con |Conversa do WhatsApp com "
            + "|WhatsApp-chat met )(.+?)(?: ?\\(\\d+\\))?(?:\\.txt)?$");

    @Override
    public String name() {
        return "whatsapp";
    }

    @Override
    public String lookedFor() {
        return "a text whose first line begins with a date and a time, as in \"31/12/19, 23:59 - \" or \"[31.12.19, 23:59:59] \"";
    }

    @Override
    public boolean recognises(Contents contents) {
        return !chats(contents).isEmpty();
    }

    private static List<Entry> chats(Contents contents) {
        return contents.entries().stream().filter(entry -> !contents.isArchive()
                || entry.lastName().toLowerCase(Locale.ROOT).endsWith(".txt")).filter(Survey::isChat).toList();
    }

    @Override
    public void read(Contents contents, Reading reading) {
        for (Entry entry : chats(contents)) {
            try {
                read(entry, contents, reading);
            } catch (Refused refused) {
                reading.refused(new Refusal(entry.name(), refused.reason()));
            } catch (IOException e) {
                reading.refused(new Refusal(entry.name(), "cannot be read: " + e.getMessage()));
            }
        }
    }

    private void read(Entry entry, Contents contents, Reading reading) throws IOException {
        contents.take(entry);
        LocalDate latest = LocalDate.ofInstant(reading.options().now(), ZoneOffset.UTC).plusDays(1);
        Optional<Survey> survey = Survey.of(entry, latest);
        if (survey.isEmpty()) {
            throw new Refused("does not begin as a chat does");
        }
        DateOrder order = order(entry, survey.get(), reading);
        ZoneId zone = reading.options().zone().orElseThrow(() -> reading.needs(Parameter.ZONE, entry.name()
                + " has local times without a zone; say in which zone the phone was"));
        Optional<String> name = chatName(entry.lastName()).or(() -> chatName(contents.name()));
        var chat = reading.chat(this, entry.name());
        chat.title(name.or(() -> Optional.of(contents.name())));
        new ChatText(entry, survey.get(), order, latest, zone, chat, reading).read(name);
        chat.give(reading);
    }

    private static DateOrder order(Entry entry, Survey survey, Reading reading) {
        Optional<DateOrder> given = reading.options().dateOrder();
        if (given.isPresent()) {
            if (!survey.dates().fits(given.get())) {
                throw reading.needs(Parameter.DATE_ORDER, entry.name() + " has dates that cannot be read in the order "
                        + given.get() + ", such as " + survey.example());
            }
            return given.get();
        }
        var decision = survey.dates().decide().orElseThrow(() -> reading.needs(Parameter.DATE_ORDER, entry.name()
                + " does not show in which order its dates are, such as " + survey.example()
                + "; say DMY, MDY or YMD"));
        decision.reason().ifPresent(reason -> reading.note(entry.name() + ": dates such as " + survey.example()
                + " are read as " + decision.order() + ": " + reason));
        return decision.order();
    }

    private static Optional<String> chatName(String fileName) {
        Matcher matcher = FILE_NAME.matcher(fileName);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
