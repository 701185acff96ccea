package dev.confab.adapter.web.info;

import dev.confab.adapter.web.settings.WebSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves the API's description, {@code openapi.yaml}, as JSON; {@code /swagger-ui.html} is a page to browse it. The description is
 * written by hand, and tests compare it with the controllers, the records and every reply.
 */
@RestController
public final class OpenApiController implements WebMvcConfigurer {
    private static final String SWAGGER_UI = "/swagger-ui/index.html";
    private final byte[] json;

    OpenApiController(WebSettings settings) {
        this.json = JsonMapper.shared().writeValueAsBytes(description(settings.version()));
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] description() {
        return json;
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/swagger-ui.html", SWAGGER_UI);
        registry.addRedirectViewController("/swagger-ui/", SWAGGER_UI);
    }

    /** The description, its YAML references and merge keys resolved. */
    public static JsonNode description(String version) {
        try (InputStream yaml = new ClassPathResource("openapi.yaml", OpenApiController.class).getInputStream()) {
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(1_000);
            Map<String, Object> document = new Yaml(options).load(yaml);
            ObjectNode description = JsonMapper.shared().valueToTree(document);
            description.remove("x-shared");
            ((ObjectNode) description.get("info")).put("version", version);
            description.get("paths").forEach(path -> path.forEach(OpenApiController::sortResponses));
            return description;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sorts a call's responses by status: YAML puts merged members before those of the call itself. */
    private static void sortResponses(JsonNode call) {
        if (call.get("responses") instanceof ObjectNode responses) {
            var sorted = new TreeMap<String, JsonNode>();
            responses.properties().forEach(response -> sorted.put(response.getKey(), response.getValue()));
            responses.removeAll();
            responses.setAll(sorted);
        }
    }
}
