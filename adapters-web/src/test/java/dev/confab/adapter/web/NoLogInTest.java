package dev.confab.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Without log-in there is one owner, and what needs log-in is refused. */
class NoLogInTest extends WebTest {
    @Autowired
    ApplicationContext context;

    @Test
    void an_owner_in_the_header_is_refused_and_not_ignored() {
        get("/conversations", "Confab-Owner", "local").expectProblem(403, "insufficient-scope");
        post("/conversations", "{}", "Confab-Owner", "ann").expectProblem(403, "insufficient-scope");
    }

    @Test
    void keys_cannot_be_made_or_seen() {
        get("/admin/keys").expectProblem(403, "insufficient-scope");
        get("/api/v1/%61dmin/keys").expectProblem(403, "insufficient-scope");
        post("/admin/keys", "{\"owner\":\"a\",\"name\":\"a\",\"scopes\":[\"admin\"]}").expectProblem(403,
                "insufficient-scope");
    }

    @Test
    void nothing_of_spring_security_is_loaded() {
        assertThat(context.getBeanDefinitionNames())
                .noneMatch(name -> String.valueOf(context.getType(name)).contains("springframework.security"));
        assertThat(context.containsBean("springSecurityFilterChain")).isFalse();
    }
}
