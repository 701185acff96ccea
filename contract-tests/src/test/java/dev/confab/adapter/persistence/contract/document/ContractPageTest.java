package dev.confab.adapter.persistence.contract.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContractPageTest {
    private static final Path PAGE = Path.of("../docs/contract.md");

    @Test
    void the_page_in_docs_is_up_to_date() throws IOException {
        Path generated = Path.of("target/contract.md");
        Files.createDirectories(generated.getParent());
        Files.writeString(generated, ContractPage.markdown());

        assertThat(PAGE).as("%s: replace it with %s", PAGE, generated).exists().content()
                .isEqualTo(ContractPage.markdown());
    }
}
