package dev.confab.adapter.chatexport.whatsapp;

import java.util.regex.Pattern;

/** Texts of the application itself, which newer exports write as if the group or the partner had written them. */
final class SystemText {
    /** The first line of every chat, in languages with many users. No person writes it. */
    private static final Pattern ENCRYPTION = Pattern.compile("^(Messages (and calls are|to this (chat|group)).{0,60}"
            + "end-to-end encrypt|Nachrichten und Anrufe sind Ende-zu-Ende|Los mensajes y las llamadas están cifrados"
            + "|Les messages et les appels sont chiffrés|As mensagens e (as )?(ligações|chamadas) são protegidas"
            + "|I messaggi e le chiamate sono crittografati|Berichten en gesprekken worden end-to-end"
            + "|Сообщения и звонки защищены|Mesajlar ve aramalar uçtan uca|الرسائل والمكالمات مشفرة|消息和通话|訊息和通話"
            + "|メッセージと通話は|संदेश और कॉल).*", Pattern.DOTALL);
    /** Behind the invisible mark, which no person types. */
    private static final Pattern EVENT = Pattern.compile(
            ".*\\b(created (this |the )?group|added you|was added|were added"
                    + "|added \\S.*|removed \\S.*|left|joined using .*|changed (the|this|their) .*|security code .*"
                    + "|disappearing messages.*|now an admin|Missed (voice|video) call.*|pinned a message)\\.?.*",
            Pattern.DOTALL);

    private SystemText() {
    }

    static boolean isSystem(Written written) {
        return written.author().isEmpty() || ENCRYPTION.matcher(written.text()).matches()
                || written.isMarked() && !Media.isMedia(written.text()) && EVENT.matcher(written.text()).matches();
    }
}
