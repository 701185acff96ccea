package dev.confab.adapter.web;

import dev.confab.adapter.web.log.AuditLog;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.MapperFeature;

/**
 * The whole HTTP API. An application that imports this provides {@code WebSettings}, {@code UploadSettings}, the driving ports ({@code Conversations},
 * {@code Messages}, {@code Search}, {@code Transfer}, {@code Sessions}, {@code Turns}, {@code TurnEvents}, {@code ApiKeys}, {@code Webhooks},
 * {@code Erasures}, {@code Usages}, {@code Statistics}, {@code Archives}, {@code Backups}, {@code ImportJobs})
 * a {@code ChangeFeed} and a {@code StoreStatus}, and imports one of the configurations of {@code security}, which says who may call. When it records traces, it
 * provides the {@code CurrentTrace}, too.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class WebConfiguration {

    @Bean
    AuditLog auditLog() {
        return new AuditLog();
    }

    /** Members are written in the order in which their record declares them. */
    @Bean
    JsonMapperBuilderCustomizer membersInDeclaredOrder() {
        return mapper -> mapper.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
    }
}
