package dev.confab.adapter.web.erasure;

import dev.confab.adapter.web.json.ResponseJson;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.Erasures.Report;
import dev.confab.domain.erasure.Erased;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.springframework.stereotype.Component;

/**
 * Writes receipts. Both digests are HMAC-SHA256 under the key of cursors, in hexadecimal digits: without the key no one can make a receipt,
 * or try names until one has the digest. Each begins with a text of its own, so that no digest can pass for one of another kind.
 */
@Component
final class Receipts {
    private final SecretKey key;

    Receipts(WebSettings settings) {
        this.key = settings.cursorKey();
    }

    ErasureReceiptJson receipt(Report report) {
        String ownerDigest = digest("confab erased owner\n" + report.owner().value());
        Erased erased = report.erased();
        String number = report.number().toString();
        String erasedAt = ResponseJson.time(report.at());
        // No value needs escaping in JSON.
        String canonical = """
                {"number":"%s","ownerDigest":"%s","erasedAt":"%s","conversations":%d,"messages":%d,"sessions":%d,\
                "turns":%d,"apiKeys":%d,"webhooks":%d,"unattributed":%d}""".formatted(number, ownerDigest, erasedAt,
                erased.conversations(), erased.messages(), erased.sessions(), erased.turns(), report.apiKeys(),
                report.webhooks(), erased.unattributed());
        return new ErasureReceiptJson(number, ownerDigest, erasedAt, erased.conversations(), erased.messages(),
                erased.sessions(), erased.turns(), report.apiKeys(), report.webhooks(), erased.unattributed(),
                digest("confab erasure receipt\n" + canonical));
    }

    private String digest(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
