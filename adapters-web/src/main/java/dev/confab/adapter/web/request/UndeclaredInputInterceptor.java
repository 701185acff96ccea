package dev.confab.adapter.web.request;

import dev.confab.adapter.web.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Rejects query parameters that the handler does not declare, and headers that it declares as unsupported. */
final class UndeclaredInputInterceptor implements HandlerInterceptor {
    private final Map<Method, Set<String>> declared = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod handlerMethod) {
            Method method = handlerMethod.getMethod();
            Set<String> known = declared.computeIfAbsent(method, UndeclaredInputInterceptor::queryParameters);
            request.getParameterMap().forEach((name, values) -> check(name, values, known));
            for (UnsupportedHeader header : method.getAnnotationsByType(UnsupportedHeader.class)) {
                refuse(header, request);
            }
        }
        return true;
    }

    private static void check(String name, String[] values, Set<String> known) {
        boolean isPair = known.contains(ConversationFilter.METADATA) && name.startsWith(ConversationFilter.METADATA);
        if (!isPair && !known.contains(name)) {
            throw ProblemException.invalid("unknown query parameter \"" + name + "\"");
        }
        if (values.length > 1 && !name.equals(ConversationFilter.LABEL)) {
            throw ProblemException.invalid("duplicate query parameter \"" + name + "\"");
        }
        if (Arrays.stream(values).anyMatch(value -> value.indexOf(0) >= 0)) {
            throw ProblemException.invalid(name + ": contains U+0000");
        }
    }

    private static Set<String> queryParameters(Method method) {
        var names = new HashSet<String>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(RequestParam.class)) {
                names.add(parameter.getName());
            } else if (parameter.getType() == ConversationFilter.class) {
                names.addAll(ConversationFilter.QUERY_PARAMETERS);
            } else if (parameter.getType() == ConversationFilter.Labels.class) {
                names.add(ConversationFilter.LABEL);
            } else if (parameter.getType() == PageRequest.class) {
                names.addAll(PageRequest.QUERY_PARAMETERS);
            }
        }
        return names;
    }

    private static void refuse(UnsupportedHeader header, HttpServletRequest request) {
        if (request.getHeader(header.value()) != null) {
            throw ProblemException.invalid((header.value() + ": is not supported here. " + header.advice()).strip());
        }
    }
}
