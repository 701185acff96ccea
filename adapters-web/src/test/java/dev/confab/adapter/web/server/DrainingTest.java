package dev.confab.adapter.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DrainingTest {
    private final Draining draining = new Draining(Duration.ZERO);

    @Test
    void responses_close_their_connections_once_the_shutdown_has_begun() throws Exception {
        draining.start();
        assertThat(connectionHeader()).isNull();

        draining.stop();

        assertThat(draining.isRunning()).isFalse();
        assertThat(connectionHeader()).isEqualTo("close");
    }

    @Test
    void a_request_is_still_served_while_the_server_drains() throws Exception {
        draining.start();
        draining.stop();
        var chain = new MockFilterChain();

        draining.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), chain);

        assertThat(chain.getRequest()).isNotNull();
    }

    private String connectionHeader() throws Exception {
        var response = new MockHttpServletResponse();
        draining.doFilter(new MockHttpServletRequest(), response, new MockFilterChain());
        return response.getHeader("Connection");
    }
}
