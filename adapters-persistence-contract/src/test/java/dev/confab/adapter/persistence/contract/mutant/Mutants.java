package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStoreUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/** Stores that are broken on purpose, each in one way, and the clause that each breaks. */
public final class Mutants {
    public static final List<Mutant> ALL = List.of(
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
            mutant("S16", "repeats the last of a page on the next", ListMutants.RepeatedOnTheNextPage::new),
            mutant("S17", "commits turns without their messages", SessionMutants.TurnsWithoutTheirMessages::new),
            mutant("S17", "commits messages without their turns", SessionMutants.MessagesWithoutTheirTurns::new),
            mutant("S17", "counts a version for a session", SessionMutants.CountsAVersion::new),
            mutant("S17", "forgets why a call was refused", SessionMutants.ForgetsWhyACallWasRefused::new),
            mutant("S17", "lets turns go with their session", SessionMutants.TurnsGoWithTheirSession::new),
            mutant("S17", "leaves sessions after a purge", SessionMutants.PurgeLeavesSessions::new),
            mutant("S17", "leaves sessions where one work purges and begins anew",
                    SessionMutants.BeginningAnewLeavesSessions::new),
            mutant("S17", "takes session ids for unique in all conversations", SessionMutants.GlobalSessionIds::new),
            mutant("S17", "keeps sessions in its memory only", SessionMutants.SessionsInMemory::new),
            mutant("S17", "shows sessions of the bin", SessionReaderMutants.ShowsTheBin::new),
            mutant("S17", "shows another owner's session", SessionReaderMutants.ShowsAnothersSession::new),
            mutant("S17", "shows another owner's turn", SessionReaderMutants.ShowsAnothersTurn::new),
            mutant("S17", "takes a session and its turn at two moments",
                    SessionReaderMutants.SessionAndTurnOfTwoMoments::new),
            mutant("S17", "repeats the last session of a page on the next",
                    SessionReaderMutants.RepeatedOnTheNextPage::new),
            mutant("S17", "takes the session that began last for the current one",
                    SessionReaderMutants.TheLatestBegunIsCurrent::new),
            mutant("S17", "finds of one id the session that began last", SessionReaderMutants.FindsTheLatestBegun::new),
            mutant("S18", "lets two turns begin at once", WriteMutants.LostUpdate::new),
            mutant("S18", "knows only its own instance's turns", TurnMutants.RemembersTurns::new),
            mutant("S18", "names another turn than the one in progress", TurnMutants.NamesAnotherTurn::new),
            mutant("S18", "lets a prompt go from under its turn", TurnMutants.LetsThePromptGo::new),
            mutant("S19", "lets two ends happen at once", WriteMutants.LostUpdate::new),
            mutant("S19", "changes a turn as its own instance remembers it (lost fence)",
                    TurnMutants.RemembersTurns::new),
            mutant("S19", "commits the rest of a work whose turn has gone on", TurnMutants.LeavesOutALateChange::new),
            mutant("S19", "keeps no step of a turn", TurnMutants.KeepsNoStep::new),
            mutant("S20", "finds an expired conversation", ExpiredConversationMutants.Finds::new),
            mutant("S20", "reads messages of an expired conversation", ExpiredConversationMutants.ReadsWindows::new),
            mutant("S20", "reads one message of an expired conversation",
                    ExpiredConversationMutants.ReadsMessages::new),
            mutant("S20", "tells changes of an expired conversation", ExpiredConversationMutants.TellsChanges::new),
            mutant("S20", "lists expired conversations", ExpiredConversationMutants.Lists::new),
            mutant("S20", "searches expired conversations", ExpiredConversationMutants.Searches::new),
            mutant("S20", "leaves holes in pages where conversations have expired",
                    ExpiredConversationMutants.LeavesHolesInPages::new),
            mutant("S20", "finds an expired session", SessionReaderMutants.FindsExpired::new),
            mutant("S20", "fills its pages with expired sessions", SessionReaderMutants.ShortPages::new),
            mutant("S20", "leaves an expired session current", SessionReaderMutants.ExpiredStaysCurrent::new),
            mutant("S20", "shows expired sessions among a conversation's",
                    SessionReaderMutants.ActivityWithExpired::new),
            mutant("S20", "shows sessions of an expired conversation",
                    SessionReaderMutants.ShowsAnExpiredConversation::new),
            mutant("S20", "names what is expired a millisecond late",
                    SessionReaderMutants.ExpiresAMillisecondLate::new),
            mutant("S20", "names nothing expired that is in the bin", SessionReaderMutants.ForgetsTheBin::new),
            mutant("S20", "names no expired conversation without a session",
                    SessionReaderMutants.ForgetsConversationsWithoutASession::new),
            mutant("S20", "names no lease that is over", SessionReaderMutants.ForgetsLeases::new),
            mutant("S20", "takes a turn that awaits an approval for dead",
                    SessionReaderMutants.TakesAWaitingTurnForDead::new));

    private Mutants() {
    }

    public record Mutant(String clause, String name, StoreFactory factory) {
    }

    private static Mutant mutant(String clause, String name,
            BiFunction<ReferenceStorage, Duration, ReferenceStore> maker) {
        return new Mutant(clause, name, ReferenceStoreUnderTest.factory(maker));
    }
}
