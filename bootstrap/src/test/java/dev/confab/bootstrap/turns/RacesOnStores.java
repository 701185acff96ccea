package dev.confab.bootstrap.turns;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Races of some kinds on the real stores: a few in the ordinary build, many in the campaign. */
abstract class RacesOnStores {
    private static final int FEW = 10;
    private static final int MANY = 1_000;

    private final RaceStage.Kinds kinds;

    RacesOnStores(RaceStage.Kinds kinds) {
        this.kinds = kinds;
    }

    @Test
    void some_races_on_files(@TempDir Path directory) throws Exception {
        RaceStage.onFiles(directory, FEW, kinds);
    }

    @Test
    void some_races_on_postgres() throws Exception {
        RaceStage.onPostgres(FEW, kinds);
    }

    @Test
    @Tag("campaign")
    void a_thousand_races_of_each_kind_on_files(@TempDir Path directory) throws Exception {
        RaceStage.onFiles(directory, MANY, kinds);
    }

    @Test
    @Tag("campaign")
    void a_thousand_races_of_each_kind_on_postgres() throws Exception {
        RaceStage.onPostgres(MANY, kinds);
    }
}
