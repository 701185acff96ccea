package dev.confab.bootstrap.archive;

import dev.confab.application.Archives.Compared;
import dev.confab.application.Archives.Named;
import java.util.List;

/** How two sides differ, as {@code --json} prints it. */
record VerifyView(boolean same, long equal, IdsView missing, IdsView surplus, IdsView different) {

    /** How many, and the ids of the first of them. */
    record IdsView(long count, List<String> ids) {
        static IdsView of(Named named) {
            return new IdsView(named.count(), named.first().stream().map(Object::toString).toList());
        }
    }

    static VerifyView of(Compared compared) {
        return new VerifyView(compared.isEqual(), compared.equal(), IdsView.of(compared.missing()),
                IdsView.of(compared.surplus()), IdsView.of(compared.different()));
    }
}
