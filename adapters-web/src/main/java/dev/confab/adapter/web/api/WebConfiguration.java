package dev.confab.adapter.web.api;

import dev.confab.domain.conversation.OwnerId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The HTTP API, whole: whoever imports this provides {@link WebSettings}, the driving ports ({@code Conversations},
 * {@code Messages}, {@code Search}, {@code Transfer}, {@code Sessions}, {@code Turns}, {@code TurnEvents}) and a
 * {@code ChangeFeed}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class WebConfiguration {

    /** Until there is a way to log in, everything belongs to the one user of this machine. */
    @Bean
    CurrentOwner currentOwner() {
        OwnerId local = new OwnerId("local");
        return () -> local;
    }

    @Bean
    Cursors cursors(WebSettings settings) {
        return new Cursors(settings.cursorKey());
    }
}
