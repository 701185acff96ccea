package dev.confab.adapter.web.json;

import dev.confab.adapter.web.problem.ProblemException;
import dev.confab.domain.conversation.InvalidValue;
import java.nio.charset.CharacterCodingException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Turns Jackson's exceptions into problems that name the place and the fault in this API's own words. */
final class JsonFaults {
    private static final Map<Class<?>, String> EXPECTED = Map.of(String.class, "must be a string", Boolean.class,
            "must be true or false", Long.class, "must be an integer of 64 bits", Integer.class,
            "must be an integer of 32 bits");

    private JsonFaults() {
    }

    static <T> T translated(JsonParser parser, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidMember wrong) {
            throw ProblemException.invalid(wrong.at(), wrong.reason());
        } catch (JacksonIOException broken) {
            if (broken.getCause() instanceof CharacterCodingException) {
                throw notUtf8();
            }
            throw broken;
        } catch (JacksonException fault) {
            // Jackson reports a duplicate by its message alone; its place is where the parser is.
            if (fault instanceof StreamReadException && fault.getOriginalMessage().startsWith("Duplicate ")) {
                throw ProblemException.invalid(parser.streamReadContext().pathAsPointer(), "duplicate member");
            }
            throw problem(fault, path(fault));
        }
    }

    static ProblemException notUtf8() {
        return ProblemException.invalid("The body is not UTF-8.");
    }

    private static JsonPointer path(JacksonException fault) {
        JsonPointer at = JsonPointer.empty();
        for (var step : fault.getPath()) {
            at = step.getPropertyName() == null
                    ? at.appendIndex(step.getIndex())
                    : at.appendProperty(step.getPropertyName());
        }
        return at;
    }

    private static ProblemException problem(JacksonException fault, JsonPointer at) {
        return switch (fault.getCause()) {
            case ProblemException known -> known;
            case InvalidMember wrong -> ProblemException.invalid(at.append(wrong.at()), wrong.reason());
            // A constructor names the component that it rejects; any other value is itself at the place.
            case InvalidValue wrong when fault instanceof ValueInstantiationException ->
                ProblemException.invalid(at.appendProperty(wrong.field()), wrong.reason());
            case InvalidValue wrong -> ProblemException.invalid(at, wrong.reason());
            case null, default -> ownWords(fault, at);
        };
    }

    private static ProblemException ownWords(JacksonException fault, JsonPointer at) {
        return switch (fault) {
            case UnrecognizedPropertyException _ -> ProblemException.invalid(at, "unknown member");
            case InvalidNullException _ -> ProblemException.invalid(at, "is missing");
            case MismatchedInputException wrong -> ProblemException.invalid(at, expected(wrong.getTargetType()));
            case InputCoercionException wrong -> ProblemException.invalid(at, expected(wrong.getTargetType()));
            case StreamConstraintsException _ -> ProblemException.invalid(
                    "The JSON is nested too deeply, or has too long a number or name," + place(fault) + ".");
            case StreamReadException _ -> ProblemException.invalid("The body is not valid JSON" + place(fault) + ".");
            default -> throw fault;
        };
    }

    static String expected(Class<?> type) {
        return Collection.class.isAssignableFrom(type)
                ? "must be an array"
                : EXPECTED.getOrDefault(type, "must be an object");
    }

    private static String place(JacksonException fault) {
        return Optional.ofNullable(fault.getLocation())
                .map(place -> " at line " + place.getLineNr() + ", column " + place.getColumnNr()).orElse("");
    }
}
