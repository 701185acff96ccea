package dev.confab.adapter.web;

import dev.confab.adapter.web.request.CurrentOwner;
import dev.confab.domain.conversation.OwnerId;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.MapperFeature;

/**
 * The whole HTTP API. An application that imports this provides {@code WebSettings}, the driving ports ({@code Conversations},
 * {@code Messages}, {@code Search}, {@code Transfer}, {@code Sessions}, {@code Turns}, {@code TurnEvents}) and a
 * {@code ChangeFeed}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class WebConfiguration {

    /** Until there is a login, everything belongs to the one user of this machine. */
    @Bean
    CurrentOwner currentOwner() {
        OwnerId local = new OwnerId("local");
        return () -> local;
    }

    /** Members are written in the order in which their record declares them. */
    @Bean
    JsonMapperBuilderCustomizer membersInDeclaredOrder() {
        return mapper -> mapper.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
    }
}
