package dev.confab.adapter.web.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A request's query parameters, each known and there once; read from the raw query, which never comes from a body. */
final class Query {
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");
    private final Map<String, String> parameters;

    private Query(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    static Query of(HttpServletRequest request, String... known) {
        var parameters = new HashMap<String, String>();
        String query = request.getQueryString();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!Set.of(known).contains(name)) {
                throw ApiException.invalid("query parameter \"" + name + "\" is not known here");
            }
            if (parameters.put(name, decode(equals < 0 ? "" : pair.substring(equals + 1))) != null) {
                throw ApiException.invalid("query parameter \"" + name + "\" stands there twice");
            }
        }
        return new Query(parameters);
    }

    /** For a call without any. */
    static void none(HttpServletRequest request) {
        of(request);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    Optional<Integer> integer(String name) {
        return number(name).map(number -> {
            if (number > Integer.MAX_VALUE) {
                throw ApiException.invalid(name + ": is too large");
            }
            return number.intValue();
        });
    }

    /** An integer that is not negative. */
    Optional<Long> number(String name) {
        return text(name).map(text -> {
            if (!INTEGER.matcher(text).matches()) {
                throw ApiException.invalid(name + ": is not an integer from 0 on");
            }
            return Long.parseLong(text);
        });
    }

    /** Whether the parameter is {@code true}; absent is {@code false}. */
    boolean flag(String name) {
        return text(name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.invalid(name + ": is neither true nor false");
        }).orElse(false);
    }

    private static String decode(String encoded) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(hex(encoded, i + 1));
                i += 2;
            } else {
                // Tomcat gives the raw bytes of the query as chars below 256.
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
            if (text.indexOf(0) >= 0) {
                throw ApiException.invalid("the query contains U+0000");
            }
            return text;
        } catch (CharacterCodingException malformed) {
            throw ApiException.invalid("the query is not UTF-8");
        }
    }

    private static int hex(String encoded, int from) {
        int value = -1;
        if (from + 2 <= encoded.length()) {
            int high = Character.digit(encoded.charAt(from), 16);
            int low = Character.digit(encoded.charAt(from + 1), 16);
            value = high < 0 || low < 0 ? -1 : high * 16 + low;
        }
        if (value < 0) {
            throw ApiException.invalid("the query has a % without two hexadecimal digits");
        }
        return value;
    }
}
