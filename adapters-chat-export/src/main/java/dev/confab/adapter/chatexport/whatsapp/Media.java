package dev.confab.adapter.chatexport.whatsapp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text says of a file that was sent. */
final class Media {
    /** iOS with media: {@code <attached: 00000042-PHOTO.jpg>}, in the phone's language. */
    private static final Pattern ATTACHED = Pattern
            .compile("^\\u200E?<[^:<>]{1,40}: ?([^<>\\n]{1,255}\\.[\\p{Alnum}]{1,5})>", Pattern.DOTALL);
    /** Android with media: {@code IMG-20200101-WA0001.jpg (file attached)}. */
    private static final Pattern FILE = Pattern
            .compile("^\\u200E?([^\\n/\\\\]{1,255}\\.[\\p{Alnum}]{1,5}) \\([^()\\n]{3,40}\\)(?:\\n|$)", Pattern.DOTALL);
    /** Without media: {@code <Media omitted>}, {@code image omitted}, in the phone's language. */
    private static final Pattern OMITTED = Pattern.compile(
            "^\\u200E?(?:<[^<>\\n]{5,40}>|(?:image|video|audio|GIF|sticker|document|Contact card) omitted)$");

    private Media() {
    }

    /** The name of the file, if the text names one. It is a name and never a path. */
    static Optional<String> file(String text) {
        for (Pattern form : new Pattern[]{ATTACHED, FILE}) {
            Matcher matcher = form.matcher(text);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    static boolean isOmitted(String text) {
        return OMITTED.matcher(text).matches();
    }

    static boolean isMedia(String text) {
        return isOmitted(text) || file(text).isPresent();
    }
}
