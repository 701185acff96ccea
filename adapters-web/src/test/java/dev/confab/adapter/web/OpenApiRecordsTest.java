package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Compares the records that the API writes with the schemas that describe them, member by member. */
class OpenApiRecordsTest extends WebTest {
    /** All packages of the API are below this one. */
    private static final String ROOT = "dev.confab.adapter.web";
    /** Written without a record. */
    private static final Set<String> WITHOUT_RECORD = Set.of("EmptyObject", "Delta", "Export", "ExportEnd");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private final Set<Class<?>> comparedRecords = new HashSet<>();
    private final Set<String> comparedSchemas = new TreeSet<>();

    @Test
    void every_record_of_a_reply_equals_its_schema_and_every_schema_has_a_record() throws Exception {
        compareReplies();
        for (Class<?> record : recordsNamedJson()) {
            if (!comparedRecords.contains(record)) {
                String name = record.getSimpleName().replaceAll("Json$", "");
                compare(ResolvableType.forClass(record), schema(name), false, name);
                comparedSchemas.add(name);
            }
        }

        var objects = new TreeSet<String>();
        schemas().properties().forEach(schema -> {
            if (schema.getValue().has("properties")) {
                objects.add(schema.getKey());
            }
        });
        objects.removeAll(WITHOUT_RECORD);
        objects.removeAll(requestSchemas());
        comparedSchemas.retainAll(objects);
        assertThat(comparedSchemas).hasSizeGreaterThan(15).isEqualTo(objects);
    }

    private void compareReplies() {
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            Method method = handler.getMethod();
            ResolvableType type = ResolvableType.forMethodReturnType(method);
            ResolvableType body = type.resolve() == ResponseEntity.class ? type.getGeneric(0) : type;
            if (handler.getBeanType().getPackageName().startsWith(ROOT) && body.toClass().isRecord()) {
                for (String path : mapping.getPatternValues()) {
                    for (var verb : mapping.getMethodsCondition().getMethods()) {
                        JsonNode call = DescribedApi.DOCUMENT.get("paths").get(path)
                                .get(verb.name().toLowerCase(Locale.ROOT));
                        compareReply(call.get("responses"), body, verb + " " + path);
                    }
                }
            }
        });
    }

    private void compareReply(JsonNode responses, ResolvableType body, String call) {
        var successes = responses.properties().stream().filter(response -> response.getKey().startsWith("2")).toList();
        assertThat(successes).as(call).isNotEmpty();
        successes.forEach(response -> compare(body, response.getValue().at("/content/application~1json/schema"), false,
                call + " " + response.getKey()));
    }

    private void compare(ResolvableType type, JsonNode schema, boolean nullable, String place) {
        JsonNode reference = schema.path("$ref");
        if (reference.isString()) {
            String name = reference.stringValue().replaceAll(".*/", "");
            comparedSchemas.add(name);
            compare(type, schema(name), nullable, place);
        } else if (schema.has("oneOf")) {
            List<JsonNode> either = new ArrayList<>();
            schema.get("oneOf").forEach(either::add);
            assertThat(either).as(place).hasSize(2);
            assertThat(either.getLast().get("type").stringValue()).as(place).isEqualTo("null");
            assertThat(nullable).as(place + " may be null").isTrue();
            compare(type, either.getFirst(), false, place);
        } else {
            assertThat(schema.path("type").toString().contains("null")).as(place + " may be null").isEqualTo(nullable);
            compareValue(type, schema, place);
        }
    }

    private void compareValue(ResolvableType type, JsonNode schema, String place) {
        Class<?> java = type.toClass();
        String json = schema.path("type").toString();
        if (java.isRecord()) {
            compareRecord(type, schema, place);
        } else if (java == String.class) {
            assertThat(json).as(place).contains("string");
        } else if (java == boolean.class || java == Boolean.class) {
            assertThat(json).as(place).contains("boolean");
        } else if (java == int.class || java == Integer.class || java == long.class || java == Long.class) {
            assertThat(json).as(place).contains("integer");
            assertThat(schema.path("format").asString("none")).as(place)
                    .isEqualTo(java == int.class || java == Integer.class ? "int32" : "int64");
        } else if (java == List.class) {
            assertThat(json).as(place).contains("array");
            compare(type.getGeneric(0), schema.get("items"), false, place + "[]");
        } else if (java == Map.class) {
            assertThat(json).as(place).contains("object");
            compare(type.getGeneric(1), schema.get("additionalProperties"), false, place + "{}");
        } else {
            throw new AssertionError(place + " has the type " + type + ", which this test cannot compare");
        }
    }

    private void compareRecord(ResolvableType type, JsonNode schema, String place) {
        comparedRecords.add(type.toClass());
        boolean omitsNull = type.toClass().isAnnotationPresent(JsonInclude.class);
        RecordComponent[] members = type.toClass().getRecordComponents();
        assertThat(schema.path("properties").propertyNames()).as(place)
                .containsExactlyElementsOf(Arrays.stream(members).map(RecordComponent::getName).toList());
        assertThat(schema.path("required").valueStream().map(JsonNode::stringValue)).as(place + " required")
                .containsExactlyElementsOf(Arrays.stream(members).filter(member -> !omitsNull || !isNullable(member))
                        .map(RecordComponent::getName).toList());
        for (RecordComponent member : members) {
            JsonNode described = schema.get("properties").get(member.getName());
            String at = place + "/" + member.getName();
            // Written as it is: the replies themselves are compared with the schema.
            if (!member.getAccessor().isAnnotationPresent(JsonRawValue.class)) {
                compare(ResolvableType.forType(member.getGenericType(), type), described,
                        isNullable(member) && !omitsNull,
                        at);
            }
        }
    }

    private static boolean isNullable(RecordComponent member) {
        return member.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** The schemas that requests refer to, at any depth. */
    private static Set<String> requestSchemas() {
        var names = new TreeSet<String>();
        DescribedApi.DOCUMENT.get("paths")
                .forEach(path -> path.forEach(call -> addReferences(call.path("requestBody"), names)));
        return names;
    }

    private static void addReferences(JsonNode node, Set<String> names) {
        String reference = node.path("$ref").asString("");
        if (!reference.isEmpty() && names.add(reference.replaceAll(".*/", ""))) {
            addReferences(schema(reference.replaceAll(".*/", "")), names);
        }
        node.forEach(child -> addReferences(child, names));
    }

    private static JsonNode schemas() {
        return DescribedApi.DOCUMENT.at("/components/schemas");
    }

    private static JsonNode schema(String name) {
        JsonNode schema = schemas().get(name);
        assertThat(schema).as("the schema " + name).isNotNull();
        return schema;
    }

    private static List<Class<?>> recordsNamedJson() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(
                    org.springframework.beans.factory.annotation.AnnotatedBeanDefinition definition) {
                return true;
            }
        };
        scanner.addIncludeFilter(new AssignableTypeFilter(Record.class));
        var records = new ArrayList<Class<?>>();
        for (var candidate : scanner.findCandidateComponents(ROOT)) {
            Class<?> type = Class.forName(candidate.getBeanClassName());
            if (type.isRecord() && type.getSimpleName().endsWith("Json")) {
                records.add(type);
            }
        }
        return records;
    }
}
