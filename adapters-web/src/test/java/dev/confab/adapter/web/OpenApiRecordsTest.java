package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.adapter.web.SchemaComparison.Null;
import dev.confab.adapter.web.json.JsonBody;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Compares what the handlers declare, their parameters and the records of bodies, with the API's description. */
class OpenApiRecordsTest extends WebTest {
    private static final String ROOT = WebTest.class.getPackageName();
    /** Described objects that are read or written without a record. */
    private static final Set<String> WITHOUT_RECORD = Set.of("Delta", "Export", "Problem", "PlaceError");
    /** The parameters that a handler takes by declaring a parameter of a type. */
    private static final Map<String, Set<String>> BY_TYPE = Map.of("PageRequest", Set.of("query limit", "query cursor"),
            "Precondition", Set.of("header If-Match"), "IfNoneMatch", Set.of("header If-None-Match"), "IdempotencyKey",
            Set.of("header Idempotency-Key"), "LastEventId", Set.of("header Last-Event-ID"), "ConversationFilter",
            Set.of("query archived", "query pinned", "query label", "query metadata.KEY"), "Labels",
            Set.of("query label"));

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private final SchemaComparison comparison = new SchemaComparison();

    @Test
    void every_record_equals_its_schema_and_every_schema_has_a_record() throws Exception {
        forEachCall(this::compareRequest);
        forEachCall(this::compareReply);
        for (Class<?> record : recordsNamedJson()) {
            String name = record.getSimpleName().replaceAll("Json$", "");
            if (name.startsWith("Imported")) {
                comparison.compareNames(record, name.substring("Imported".length()));
            } else if (!comparison.records.contains(record)) {
                comparison.compare(ResolvableType.forClass(record), SchemaComparison.schema(name), Null.FORBIDDEN,
                        name);
                comparison.schemas.add(name);
            }
        }

        var objects = new TreeSet<String>();
        DescribedApi.DOCUMENT.at("/components/schemas").properties().forEach(schema -> {
            if (schema.getValue().has("properties")) {
                objects.add(schema.getKey());
            }
        });
        objects.removeAll(WITHOUT_RECORD);
        comparison.schemas.retainAll(objects);
        assertThat(comparison.schemas).hasSizeGreaterThan(25).isEqualTo(objects);
    }

    @Test
    void every_parameter_of_a_handler_is_described_and_nothing_else() {
        var declared = new TreeMap<String, Set<String>>();
        var described = new TreeMap<String, Set<String>>();
        forEachCall((handler, call) -> {
            String operation = call.get("operationId").stringValue();
            declared.computeIfAbsent(operation, _ -> new TreeSet<>()).addAll(declaredParameters(handler));
            Set<String> names = described.computeIfAbsent(operation, _ -> new TreeSet<>());
            call.path("parameters").forEach(reference -> {
                JsonNode parameter = DescribedApi.CLOSED.resolve(reference);
                names.add(parameter.get("in").stringValue() + " " + parameter.get("name").stringValue());
            });
        });

        assertThat(described).hasSizeGreaterThan(20).isEqualTo(declared);
    }

    private static Set<String> declaredParameters(HandlerMethod handler) {
        var names = new TreeSet<String>();
        for (Parameter parameter : handler.getMethod().getParameters()) {
            if (parameter.isAnnotationPresent(RequestParam.class)) {
                names.add("query " + parameter.getName());
            }
            names.addAll(BY_TYPE.getOrDefault(parameter.getType().getSimpleName(), Set.of()));
        }
        return names;
    }

    @Test
    void every_query_parameter_has_the_type_of_its_handler() {
        forEachCall((handler, call) -> {
            for (Parameter parameter : handler.getMethod().getParameters()) {
                if (parameter.isAnnotationPresent(RequestParam.class)) {
                    boolean optional = parameter.getType() == Optional.class;
                    ResolvableType type = ResolvableType.forType(parameter.getParameterizedType());
                    JsonNode described = queryParameter(call, parameter.getName());
                    assertThat(described.path("required").asBoolean(false)).as(described.toString())
                            .isNotEqualTo(optional);
                    comparison.compare(optional ? type.getGeneric(0) : type, described.get("schema"), Null.FORBIDDEN,
                            described.toString());
                }
            }
        });
    }

    private static JsonNode queryParameter(JsonNode call, String name) {
        return call.get("parameters").valueStream().map(DescribedApi.CLOSED::resolve)
                .filter(parameter -> parameter.get("in").stringValue().equals("query")
                        && parameter.get("name").stringValue().equals(name))
                .findFirst().orElseThrow(() -> new AssertionError(name + " is not described"));
    }

    private void compareRequest(HandlerMethod handler, JsonNode call) {
        for (Parameter parameter : handler.getMethod().getParameters()) {
            JsonBody body = parameter.getAnnotation(JsonBody.class);
            if (body != null) {
                String place = call.get("operationId").stringValue() + " request";
                assertThat(call.at("/requestBody/required").booleanValue()).as(place).isNotEqualTo(body.optional());
                // The records of an import are compared by their names, as they have the schemas of an export.
                if (!body.streamed()) {
                    call.at("/requestBody/content").forEach(content -> comparison.compare(
                            ResolvableType.forType(parameter.getParameterizedType()), content.get("schema"),
                            Null.FORBIDDEN, place));
                }
            }
        }
    }

    private void compareReply(HandlerMethod handler, JsonNode call) {
        ResolvableType type = ResolvableType.forMethodReturnType(handler.getMethod());
        ResolvableType body = type.resolve() == ResponseEntity.class ? type.getGeneric(0) : type;
        if (body.toClass().isRecord()) {
            String place = call.get("operationId").stringValue() + " reply";
            var successes = call.get("responses").properties().stream().filter(reply -> reply.getKey().startsWith("2"))
                    .toList();
            assertThat(successes).as(place).isNotEmpty();
            successes
                    .forEach(reply -> comparison.compare(body, reply.getValue().at("/content/application~1json/schema"),
                            Null.FORBIDDEN, place));
        }
    }

    /** Each handler with the description of its call. */
    private void forEachCall(BiConsumer<HandlerMethod, JsonNode> action) {
        mappings.getHandlerMethods().forEach((mapping, handler) -> {
            if (DescribedApi.describes(handler.getBeanType())
                    && !mapping.getPatternValues().contains("/error")) {
                for (String path : mapping.getPatternValues()) {
                    mapping.getMethodsCondition().getMethods().forEach(verb -> action.accept(handler,
                            DescribedApi.CLOSED.document().get("paths").get(path)
                                    .get(verb.name().toLowerCase(Locale.ROOT))));
                }
            }
        });
    }

    private static List<Class<?>> recordsNamedJson() throws ClassNotFoundException {
        var scanner = new ClassPathScanningCandidateComponentProvider(false) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
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
