package dev.confab.bootstrap;

import dev.confab.adapter.chatexport.ChatExportFiles;
import dev.confab.application.ImportJobs;
import dev.confab.application.Messages;
import dev.confab.application.Transfer;
import dev.confab.application.chatimport.ChatImportService;
import dev.confab.application.chatimport.job.ImportJobService;
import dev.confab.application.chatimport.job.ImportWorker;
import dev.confab.bootstrap.UseCaseWiring.Ports;
import dev.confab.bootstrap.generator.JugIds;
import dev.confab.bootstrap.metrics.StoreCalls;
import dev.confab.bootstrap.settings.ConfabSettings;
import dev.confab.domain.port.ImportJobStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imports of files that other applications exported: the use case, and the worker that runs its jobs over the selected store. */
@Configuration(proxyBeanMethods = false)
class ImportJobWiring {

    /** Closed before the store. Closing it lets other instances go on at once. */
    @Bean(initMethod = "start", destroyMethod = "close")
    ImportWorker importWorker(ImportJobStore store, Transfer transfer, Messages messages, Ports ports,
            ConfabSettings settings, StoreCalls calls) {
        var imports = new ChatImportService(new ChatExportFiles(), transfer, messages, ports.ids(), ports.clock());
        return new ImportWorker(calls.timed(ImportJobStore.class, store), imports, new JugIds(), ports.clock(),
                settings.imports().lease(), settings.imports().maxRunning());
    }

    @Bean
    MeterBinder runningImports(ImportWorker worker) {
        return registry -> Gauge.builder("confab.imports.running", worker, ImportWorker::running)
                .description("Imports of files that run on this instance").register(registry);
    }

    @Bean
    ImportJobs importJobs(ImportJobStore store, Ports ports, StoreCalls calls, ImportWorker worker) {
        return new ImportJobService(calls.timed(ImportJobStore.class, store), new ChatExportFiles(), new JugIds(),
                ports.clock(), worker::wake);
    }
}
