package dev.confab.adapter.web.request;

import dev.confab.adapter.web.json.JsonBodyResolver;
import dev.confab.adapter.web.response.ApiPaths;
import dev.confab.adapter.web.settings.WebSettings;
import dev.confab.application.Erasures;
import dev.confab.domain.conversation.OwnerId;
import dev.confab.domain.conversation.Precondition;
import dev.confab.domain.erasure.FencingToken;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Adds the parameter types of this API's handlers to Spring MVC. */
@Configuration(proxyBeanMethods = false)
class RequestConfiguration implements WebMvcConfigurer {
    private final CurrentCaller caller;
    /** Asked for when a request needs it: Spring Security needs this configuration before the store is open. */
    private final ObjectProvider<Erasures> erasures;
    private final WebSettings settings;
    private final Cursors cursors;

    RequestConfiguration(CurrentCaller caller, ObjectProvider<Erasures> erasures, WebSettings settings) {
        this.caller = caller;
        this.erasures = erasures;
        this.settings = settings;
        this.cursors = new Cursors(settings.cursorKey());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new JsonBodyResolver(settings));
        resolvers.add(new ArgumentResolver<>(Caller.class, caller::of));
        resolvers.add(new ArgumentResolver<>(OwnerId.class, request -> caller.of(request).owner()));
        // Spring resolves in the order of the parameters: a handler declares it before the body.
        resolvers.add(new ArgumentResolver<>(FencingToken.class,
                request -> erasures.getObject().begin(caller.of(request).owner())));
        resolvers.add(new ArgumentResolver<>(Precondition.class, EntityTags::ifMatch));
        resolvers.add(new ArgumentResolver<>(IfNoneMatch.class, EntityTags::ifNoneMatch));
        resolvers.add(new ArgumentResolver<>(IdempotencyKey.class, IdempotencyKey::new));
        resolvers.add(new ArgumentResolver<>(LastEventId.class, LastEventId::of));
        resolvers.add(new ArgumentResolver<>(ConversationFilter.class, ConversationFilter::of));
        resolvers.add(new ArgumentResolver<>(ConversationFilter.Labels.class, ConversationFilter.Labels::of));
        resolvers.add(new ArgumentResolver<>(PageRequest.class, request -> PageRequest.of(request, cursors)));
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        QueryValues.addConverters(registry);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new UndeclaredInputInterceptor()).addPathPatterns(ApiPaths.API + "/**");
    }
}
