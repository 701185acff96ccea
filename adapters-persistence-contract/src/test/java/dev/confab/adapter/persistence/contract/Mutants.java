package dev.confab.adapter.persistence.contract;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** Stores that are broken on purpose, each in one way, and the clause that each breaks. */
final class Mutants {
    static final List<Mutant> ALL = List.of(
            mutant("S1", "commits what a throwing work recorded", WriteMutants.CommitsWhatAThrowingWorkRecorded::new),
            mutant("S1", "wraps what a work throws", WriteMutants.WrapsWhatAWorkThrows::new),
            mutant("S1", "commits the head without the messages", WriteMutants.HalfTransaction::new),
            mutant("S2", "acknowledges before it is durable", DurabilityMutants.EarlyAcknowledgement::new),
            mutant("S3", "lets two works in at once (lost update)", WriteMutants.LostUpdate::new),
            mutant("S3", "loses every tenth message (gap)", WriteMutants.Gap::new),
            mutant("S3", "releases an outcome before its predecessor is committed", WriteMutants.ReleasedTooEarly::new),
            mutant("S3", "undoes the commit before a work that throws", WriteMutants.UndoesAnothersCommit::new),
            mutant("S4", "has one lock for all conversations", LockMutants.GlobalLock::new),
            mutant("S4", "lets waiting works use up a pool", LockMutants.SmallPool::new),
            mutant("S5", "shows what is not committed (dirty read)", ReadMutants.DirtyRead::new),
            mutant("S5", "shows a part of a commit", ReadMutants.PartOfACommit::new),
            mutant("S5", "takes head and messages of a window at two moments", ReadMutants.TornWindow::new),
            mutant("S5", "lets readers wait for writers", ReadMutants.WaitingReader::new),
            mutant("S5", "does not say that a window ends early", ReadMutants.NeverMore::new),
            mutant("S6", "shows another instance what it once read", ReadMutants.StaleCache::new),
            mutant("S6", "shows readers the commit before the last", ReadMutants.OneCommitBehind::new),
            mutant("S7", "names a wrong version in a conflict", WriteMutants.WrongConflict::new),
            mutant("S7", "lets two works in at once", WriteMutants.LostUpdate::new),
            mutant("S8", "waits for ever", LockMutants.UnboundedWait::new),
            mutant("S8", "swallows the interrupt", LockMutants.SwallowedInterrupt::new),
            mutant("S8", "keeps its lock when a work throws", LockMutants.KeptLock::new),
            mutant("S8", "drops a commit for an interrupt that came too late", LockMutants.LateInterrupt::new),
            mutant("S9", "commits what a dropped run recorded", WriteMutants.CommitsWhatAThrowingWorkRecorded::new),
            mutant("S9", "returns what one run made and stores another's", WriteMutants.MixesTwoRuns::new),
            mutant("S10", "looks for message ids in all conversations", MessageMutants.GlobalMessageIds::new),
            mutant("S10", "never frees the id of a truncated message", MessageMutants.IdsNeverFree::new),
            mutant("S10", "forgets the original draft with an edit", MessageMutants.ForgetsTheDraft::new),
            mutant("S11", "hands out its own list", ReadMutants.AliasedList::new),
            mutant("S12", "allows a transaction within a transaction", LockMutants.NestedTransaction::new),
            mutant("S12", "allows a read within a transaction", ReadMutants.ReadInsideAWork::new),
            mutant("S13", "shows a deleted conversation", DeletionMutants.DeletedStillRead::new),
            mutant("S13", "lists a deleted conversation", DeletionMutants.DeletedStillListed::new),
            mutant("S13", "finds a deleted conversation", DeletionMutants.DeletedStillFound::new),
            mutant("S13", "lets a deleted conversation change", DeletionMutants.DeletedStillChanges::new),
            mutant("S13", "keeps what was purged", DeletionMutants.PurgesNothing::new),
            mutant("S13", "does not erase the bin", DeletionMutants.EraseLeavesTheBin::new),
            mutant("S14", "trims texts", MessageMutants.TrimmedText::new),
            mutant("S14", "normalizes texts", MessageMutants.NormalizedText::new),
            mutant("S14", "loses data", MessageMutants.LostData::new),
            mutant("S15", "reports as definite what is recorded", DurabilityMutants.DefiniteThoughRecorded::new),
            mutant("S15", "acknowledges what the storage refused", DurabilityMutants.AcknowledgesRefused::new),
            mutant("S15", "keeps half of a commit that failed", DurabilityMutants.HalfAfterFailure::new),
            mutant("S16", "does not refresh its search", ListMutants.StaleSearch::new),
            mutant("S16", "finds any of the terms", ListMutants.AnyTerm::new),
            mutant("S16", "repeats the last of a page on the next", ListMutants.RepeatedOnTheNextPage::new));

    private Mutants() {
    }

    record Mutant(String clause, String name, StoreFactory factory) {
    }

    private static Mutant mutant(String clause, String name,
            BiFunction<ReferenceStorage, Duration, ReferenceStore> maker) {
        return new Mutant(clause, name, ReferenceStoreUnderTest.factory(maker));
    }
}
