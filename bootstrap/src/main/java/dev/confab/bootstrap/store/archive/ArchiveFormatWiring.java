package dev.confab.bootstrap.store.archive;

import dev.confab.adapter.persistence.file.archive.GzipArchiveFormat;
import dev.confab.domain.archive.ArchiveFormat;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Archives are compressed JSON lines. */
@Configuration(proxyBeanMethods = false)
public class ArchiveFormatWiring {

    @Bean
    ArchiveFormat archiveFormat() {
        return new GzipArchiveFormat();
    }
}
