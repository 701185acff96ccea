package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;

/**
 * Compares Java types with schemas of the API's description, at any depth: names, order, type, format, null and required members.
 * Members of replies are nullable by {@code @Nullable}; members of requests are optional by {@code Optional} or {@code Patch}.
 */
final class SchemaComparison {
    /** Whether null must, must not or may be allowed. */
    enum Null {
        ALLOWED, FORBIDDEN, NOT_COMPARED
    }

    /** Records that are compared although their names do not end with Json. */
    private static final Set<String> RECORDS = Set.of("NoMembers", "TokenUsage", "TurnFailure");
    private static final Set<String> OBJECTS = Set.of("Metadata", "MetadataPatch", "JsonObjectText", "MergePatch",
            "ContextVariables");
    private static final Set<String> TEXTS = Set.of("Title", "Author", "OwnerId", "WebhookUrl", "ZoneId");
    private static final Set<String> NUMBERS = Set.of("Long", "long", "Version", "Since");

    final Set<Class<?>> records = new HashSet<>();
    final Set<String> schemas = new TreeSet<>();

    void compare(ResolvableType type, JsonNode schema, Null nullability, String place) {
        JsonNode reference = schema.path("$ref");
        if (reference.isString()) {
            String name = reference.stringValue().replaceAll(".*/", "");
            schemas.add(name);
            compare(type, schema(name), nullability, place);
        } else if (schema.has("oneOf")) {
            List<JsonNode> alternatives = schema.get("oneOf").valueStream().toList();
            if (alternatives.getLast().path("type").asString("").equals("null")) {
                assertThat(nullability).as(place + " may be null").isNotEqualTo(Null.FORBIDDEN);
                assertThat(alternatives).as(place).hasSize(2);
                compare(type, alternatives.getFirst(), Null.FORBIDDEN, place);
            } else {
                compareAlternatives(type, alternatives, place);
            }
        } else {
            if (nullability != Null.NOT_COMPARED) {
                assertThat(schema.path("type").toString().contains("null")).as(place + " may be null")
                        .isEqualTo(nullability == Null.ALLOWED);
            }
            compareValue(type, schema, place);
        }
    }

    private void compareValue(ResolvableType type, JsonNode schema, String place) {
        Class<?> java = type.toClass();
        String name = java.getSimpleName();
        if (name.endsWith("Json") || RECORDS.contains(name)) {
            compareRecord(type, schema, place);
        } else if (java == String.class || java.isEnum() || TEXTS.contains(name)) {
            expect("string", "none", schema, place);
        } else if (name.endsWith("Id")) {
            expect("string", "uuid", schema, place);
        } else if (java == Instant.class) {
            expect("string", "date-time", schema, place);
        } else if (java == LocalDate.class) {
            expect("string", "date", schema, place);
        } else if (java == boolean.class || java == Boolean.class) {
            expect("boolean", "none", schema, place);
        } else if (java == int.class || java == Integer.class || name.equals("TokenBudget")) {
            expect("integer", "int32", schema, place);
        } else if (NUMBERS.contains(name)) {
            expect("integer", "int64", schema, place);
        } else if (java == List.class || java == Set.class) {
            expect("array", "none", schema, place);
            compare(type.getGeneric(0), schema.get("items"), Null.FORBIDDEN, place + "[]");
        } else if (java == Map.class) {
            expect("object", "none", schema, place);
            ResolvableType value = type.getGeneric(1);
            boolean optional = value.toClass() == Optional.class;
            compare(optional ? value.getGeneric(0) : value, schema.get("additionalProperties"),
                    optional ? Null.ALLOWED : Null.FORBIDDEN, place + "{}");
        } else if (OBJECTS.contains(name)) {
            expect("object", "none", schema, place);
        } else {
            throw new AssertionError(place + " has the type " + type + ", which this test cannot compare");
        }
    }

    /** A Java string may have a format: the replies themselves are compared with it. */
    private static void expect(String json, String format, JsonNode schema, String place) {
        assertThat(schema.path("type").toString()).as(place).contains("\"" + json + "\"");
        if (!json.equals("string") || !format.equals("none")) {
            assertThat(schema.path("format").asString("none")).as(place + " format").isEqualTo(format);
        }
    }

    private void compareRecord(ResolvableType type, JsonNode schema, String place) {
        records.add(type.toClass());
        List<RecordComponent> members = List.of(type.toClass().getRecordComponents());
        assertThat(schema.path("properties").propertyNames()).as(place).containsExactlyElementsOf(names(members));
        assertThat(schema.path("required").valueStream().map(JsonNode::stringValue)).as(place + " required")
                .containsExactlyElementsOf(names(members.stream().filter(SchemaComparison::isRequired).toList()));
        for (RecordComponent member : members) {
            compareMember(member, type, schema, nullability(member), place);
        }
    }

    /** A record that is described by several schemas, of which a request matches one. */
    private void compareAlternatives(ResolvableType type, List<JsonNode> alternatives, String place) {
        records.add(type.toClass());
        List<RecordComponent> members = List.of(type.toClass().getRecordComponents());
        var described = new TreeSet<String>();
        for (JsonNode alternative : alternatives) {
            String name = alternative.get("$ref").stringValue().replaceAll(".*/", "");
            schemas.add(name);
            described.addAll(schema(name).get("properties").propertyNames());
            members.stream().filter(member -> schema(name).get("properties").has(member.getName()))
                    .forEach(member -> compareMember(member, type, schema(name), Null.NOT_COMPARED, place));
        }
        assertThat(described).as(place).containsExactlyInAnyOrderElementsOf(names(members));
    }

    private void compareMember(RecordComponent member, ResolvableType owner, JsonNode schema, Null nullability,
            String place) {
        // Written as it is, so its Java type says nothing: the replies themselves are compared.
        if (!member.getAccessor().isAnnotationPresent(JsonRawValue.class)) {
            ResolvableType declared = ResolvableType.forType(member.getGenericType(), owner);
            compare(isOptional(member) ? declared.getGeneric(0) : declared,
                    schema.get("properties").get(member.getName()), nullability, place + "/" + member.getName());
        }
    }

    private static List<String> names(List<RecordComponent> members) {
        return members.stream().map(RecordComponent::getName).toList();
    }

    private static boolean isRequired(RecordComponent member) {
        return !isOptional(member);
    }

    private static boolean isOptional(RecordComponent member) {
        return member.getType() == Optional.class || member.getType().getSimpleName().equals("Patch");
    }

    private static Null nullability(RecordComponent member) {
        if (member.getType().getSimpleName().equals("Patch")) {
            return Null.NOT_COMPARED;
        }
        boolean mayBeNull = member.getType() == Optional.class
                || member.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return mayBeNull ? Null.ALLOWED : Null.FORBIDDEN;
    }

    /** Compares the names of the members only. */
    void compareNames(Class<?> record, String schema) {
        records.add(record);
        assertThat(schema(schema).get("properties").propertyNames()).as(schema)
                .containsExactlyInAnyOrderElementsOf(names(Arrays.asList(record.getRecordComponents())));
    }

    static JsonNode schema(String name) {
        JsonNode schema = DescribedApi.at(name);
        assertThat(schema.isMissingNode()).as("the schema " + name + " is missing").isFalse();
        return schema;
    }
}
