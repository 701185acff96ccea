package dev.confab.bootstrap.store.archive;

import dev.confab.adapter.persistence.file.archive.GzipArchiveFormat;
import dev.confab.adapter.persistence.file.archive.TemporaryMessages;
import dev.confab.domain.archive.ArchiveFormat;
import dev.confab.domain.archive.MessageSpool;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Archives are compressed JSON lines; the messages of a long import wait in a temporary file. */
@Configuration(proxyBeanMethods = false)
public class ArchiveFormatWiring {

    @Bean
    ArchiveFormat archiveFormat() {
        return new GzipArchiveFormat();
    }

    @Bean
    MessageSpool messageSpool() {
        return new TemporaryMessages();
    }
}
