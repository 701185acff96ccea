package dev.confab.bootstrap.architecture.broken.application;

import org.springframework.util.StringUtils;

class UsesSpring {
    boolean has(String text) {
        return StringUtils.hasText(text);
    }
}
