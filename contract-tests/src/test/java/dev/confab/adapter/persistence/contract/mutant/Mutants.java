package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.harness.StoreUnderTest;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.adapter.persistence.contract.reference.ReferenceStoreUnderTest;
import dev.confab.domain.port.ApiKeyStore;
import dev.confab.domain.port.ImportJobStore;
import dev.confab.domain.port.WebhookStore;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Stores that each violate one clause on purpose. */
public final class Mutants {
    private static final List<Mutant> OF_CONVERSATIONS = List.of(
            mutant("S1", "commits the events of a transaction function that throws",
                    WriteMutants.CommitsAThrowingTransaction::new),
            mutant("S1", "wraps the exception of a transaction function", WriteMutants.WrapsTheException::new),
            mutant("S1", "commits the head without the messages", WriteMutants.HalfTransaction::new),
            mutant("S2", "acknowledges before it is durable", DurabilityMutants.EarlyAcknowledgement::new),
            mutant("S3", "runs two transactions at once (lost update)", WriteMutants.LostUpdate::new),
            mutant("S3", "loses every tenth message (gap)", WriteMutants.Gap::new),
            mutant("S3", "returns before the commit it depends on", WriteMutants.ReleasedTooEarly::new),
            mutant("S3", "undoes the commit before a transaction function that throws",
                    WriteMutants.UndoesAnothersCommit::new),
            mutant("S4", "has one lock for all conversations", LockMutants.GlobalLock::new),
            mutant("S4", "lets waiting transactions exhaust a pool", LockMutants.SmallPool::new),
            mutant("S5", "shows uncommitted events (dirty read)", ReadMutants.DirtyRead::new),
            mutant("S5", "shows a part of a commit", ReadMutants.PartOfACommit::new),
            mutant("S5", "reads head and messages of a window from two commits", ReadMutants.TornWindow::new),
            mutant("S5", "lets readers wait for writers", ReadMutants.WaitingReader::new),
            mutant("S5", "does not say that a window ends early", ReadMutants.NeverMore::new),
            mutant("S6", "caches reads for ever", ReadMutants.StaleCache::new),
            mutant("S6", "shows readers the commit before the last one", ReadMutants.OneCommitBehind::new),
            mutant("S7", "names a wrong version in a conflict", WriteMutants.WrongConflict::new),
            mutant("S7", "runs two transactions at once", WriteMutants.LostUpdate::new),
            mutant("S8", "waits without limit", LockMutants.UnboundedWait::new),
            mutant("S8", "clears the interrupt flag", LockMutants.SwallowedInterrupt::new),
            mutant("S8", "keeps the lock when a transaction function throws", LockMutants.KeptLock::new),
            mutant("S8", "drops a commit because of a late interrupt", LockMutants.LateInterrupt::new),
            mutant("S9", "commits the events of a discarded run", WriteMutants.CommitsAThrowingTransaction::new),
            mutant("S9", "returns the result of one run and stores another", WriteMutants.MixesTwoRuns::new),
            mutant("S10", "looks for message ids in all conversations", MessageMutants.GlobalMessageIds::new),
            mutant("S10", "never frees the id of a truncated message", MessageMutants.IdsNeverFree::new),
            mutant("S10", "forgets the original draft with an edit", MessageMutants.ForgetsTheDraft::new),
            mutant("S11", "returns its internal list", ReadMutants.AliasedList::new),
            mutant("S12", "allows a transaction within a transaction", LockMutants.NestedTransaction::new),
            mutant("S12", "allows a read within a transaction", ReadMutants.ReadInsideATransaction::new),
            mutant("S13", "shows a deleted conversation", DeletionMutants.DeletedStillRead::new),
            mutant("S13", "lists a deleted conversation", DeletionMutants.DeletedStillListed::new),
            mutant("S13", "finds a deleted conversation", DeletionMutants.DeletedStillFound::new),
            mutant("S13", "lets a deleted conversation change", DeletionMutants.DeletedStillChanges::new),
            mutant("S13", "keeps purged conversations", DeletionMutants.PurgesNothing::new),
            mutant("S13", "does not erase deleted conversations", DeletionMutants.EraseLeavesTheBin::new),
            mutant("S13", "cannot change a conversation with the highest version",
                    HeadMutants.OverflowingVersions::new),
            mutant("S13", "does not find conversations that were deleted after a time",
                    HeadMutants.FindsNoLateDeletions::new),
            mutant("S14", "trims texts", MessageMutants.TrimmedText::new),
            mutant("S14", "normalizes texts", MessageMutants.NormalizedText::new),
            mutant("S14", "loses data", MessageMutants.LostData::new),
            mutant("S14", "shifts times before 1582 by ten days", MessageMutants.JulianTimes::new),
            mutant("S14", "keeps a time of creation that is far ahead", HeadMutants.CreationTimesStay::new),
            mutant("S14", "keeps a time of the last change that is far ahead",
                    HeadMutants.UpdateTimesNeverGoBack::new),
            mutant("S14", "stores a time of deletion that is not before the last change",
                    HeadMutants.DeletedAtTheLastChange::new),
            mutant("S14", "loses the authors of messages", MessageMutants.LostAuthors::new),
            mutant("S14", "leaves the content of a removed message in the storage",
                    MessageMutants.RemovalsOfTheVersionOnly::new),
            mutant("S16", "filters a page after it was cut", ListMutants.FiltersTheirPages::new),
            mutant("S16", "lists archived conversations among the others", ListMutants.ListsArchived::new),
            mutant("S16", "finds removed messages", MessageMutants.RemovedStayFound::new),
            mutant("S14", "loses the marks of incomplete messages", MessageMutants.LostMarks::new),
            mutant("S14", "keeps the mark of an incomplete message whose text was replaced",
                    MessageMutants.MarksOutliveTheirText::new),
            mutant("S15", "reports a recorded commit as certainly not recorded",
                    DurabilityMutants.DefiniteThoughRecorded::new),
            mutant("S15", "acknowledges a commit that the storage refused", DurabilityMutants.AcknowledgesRefused::new),
            mutant("S15", "keeps half of a commit that failed", DurabilityMutants.HalfAfterFailure::new),
            mutant("S16", "searches outdated texts", ListMutants.StaleSearch::new),
            mutant("S16", "finds messages with only one of the words", SearchMutants.AnyWord::new),
            mutant("S16", "finds the parts of a word in any order", SearchMutants.Scattered::new),
            mutant("S16", "distinguishes accented letters from plain ones", SearchMutants.WithAccents::new),
            mutant("S16", "stops at the first candidates that do not match", SearchMutants.GivesUp::new),
            mutant("S16", "calls a complete answer partial", SearchMutants.AlwaysPartial::new),
            mutant("S16", "repeats the last conversation of a page on the next",
                    ListMutants.RepeatedOnTheNextPage::new),
            storing("S17", "commits turns without their messages", SessionMutants::turnsWithoutTheirMessages),
            storing("S17", "commits messages without their turns", SessionMutants::messagesWithoutTheirTurns),
            storing("S17", "counts a version for a session", SessionMutants::countsAVersion),
            storing("S17", "forgets why a tool call was rejected", SessionMutants::forgetsWhyACallWasRefused),
            storing("S17", "ignores the results of tools that a renewal adds",
                    SessionMutants::ignoresTheResultsOfARenewal),
            storing("S17", "forgets the id of an unfinished turn's reply",
                    SessionMutants::forgetsTheReplyOfAnUnfinishedTurn),
            storing("S17", "removes turns together with their session", SessionMutants::turnsGoWithTheirSession),
            mutant("S17", "keeps sessions after a purge", SessionMutants.PurgeLeavesSessions::new),
            storing("S17", "keeps sessions when one transaction purges and creates",
                    SessionMutants::beginningAnewLeavesSessions),
            mutant("S17", "treats session ids as unique over all conversations", SessionMutants.GlobalSessionIds::new),
            mutant("S17", "keeps sessions in memory only", SessionMutants.SessionsInMemory::new),
            mutant("S17", "shows sessions of deleted conversations", SessionReaderMutants.ShowsTheBin::new),
            mutant("S17", "shows another owner's session", SessionReaderMutants.ShowsAnothersSession::new),
            mutant("S17", "shows another owner's turn", SessionReaderMutants.ShowsAnothersTurn::new),
            mutant("S17", "reads a session and its turn from two commits",
                    SessionReaderMutants.SessionAndTurnOfTwoMoments::new),
            mutant("S17", "repeats the last session of a page on the next",
                    SessionReaderMutants.RepeatedOnTheNextPage::new),
            mutant("S17", "returns the latest session as the current one",
                    SessionReaderMutants.TheLatestBegunIsCurrent::new),
            mutant("S17", "returns the latest session with an id", SessionReaderMutants.FindsTheLatestBegun::new),
            mutant("S18", "starts two turns at once", WriteMutants.LostUpdate::new),
            mutant("S18", "knows only the turns of its own instance", TurnMutants.RemembersTurns::new),
            mutant("S18", "reports another turn than the one in progress", TurnMutants.NamesAnotherTurn::new),
            mutant("S18", "allows removing the prompt of an unfinished turn", TurnMutants.LetsThePromptGo::new),
            storing("S18", "loses the end of a turn that a start interrupts",
                    TurnMutants::losesTheEndOfAnInterruptedTurn),
            mutant("S18", "commits the messages of a start that it rejects",
                    TurnMutants.KeepsTheMessagesOfARejectedStart::new),
            mutant("S18", "begins the next turn in a commit of its own", QueueMutants.BeginsTheNextLater::new),
            storing("S18", "begins the turn that was queued last", QueueMutants::beginsTheLastFirst),
            storing("S18", "forgets messages of a turn that waits", QueueMutants::forgetsTheMessages),
            mutant("S18", "lets an eleventh turn wait", QueueMutants.LetsAnEleventhWait::new),
            mutant("S19", "ends a turn twice", WriteMutants.LostUpdate::new),
            mutant("S19", "changes a turn in the state that its own instance remembers (lost fence)",
                    TurnMutants.RemembersTurns::new),
            mutant("S19", "commits the other events when the turn has changed", TurnMutants.LeavesOutALateChange::new),
            storing("S19", "does not store the step of a turn", TurnMutants::keepsNoStep),
            mutant("S20", "finds an expired conversation", ExpiredConversationMutants.Finds::new),
            mutant("S20", "reads messages of an expired conversation", ExpiredConversationMutants.ReadsWindows::new),
            mutant("S20", "reads one message of an expired conversation",
                    ExpiredConversationMutants.ReadsMessages::new),
            mutant("S20", "returns changes of an expired conversation", ExpiredConversationMutants.TellsChanges::new),
            mutant("S20", "lists expired conversations", ExpiredConversationMutants.Lists::new),
            mutant("S20", "finds messages of expired conversations", ExpiredConversationMutants.Searches::new),
            mutant("S20", "returns short pages where conversations have expired",
                    ExpiredConversationMutants.LeavesHolesInPages::new),
            mutant("S20", "finds an expired session", SessionReaderMutants.FindsExpired::new),
            mutant("S20", "returns short pages where sessions have expired", SessionReaderMutants.ShortPages::new),
            mutant("S20", "returns an expired session as the current one",
                    SessionReaderMutants.ExpiredStaysCurrent::new),
            mutant("S20", "returns expired sessions in the activity of a conversation",
                    SessionReaderMutants.ActivityWithExpired::new),
            mutant("S20", "shows sessions of an expired conversation",
                    SessionReaderMutants.ShowsAnExpiredConversation::new),
            mutant("S20", "finds expired sessions for sweeping a millisecond late",
                    SessionReaderMutants.ExpiresAMillisecondLate::new),
            mutant("S20", "does not find deleted conversations for sweeping", SessionReaderMutants.ForgetsTheBin::new),
            mutant("S20", "does not find expired conversations without a session for sweeping",
                    SessionReaderMutants.ForgetsConversationsWithoutASession::new),
            mutant("S20", "does not find expired leases for sweeping", SessionReaderMutants.ForgetsLeases::new),
            mutant("S20", "treats a turn that awaits an approval as abandoned",
                    SessionReaderMutants.TakesAWaitingTurnForDead::new),
            mutant("M1", "does not find conversations in the bin for a move", MoveMutants.LeavesOutTheBin::new),
            mutant("M1", "does not find expired conversations for a move", MoveMutants.LeavesOutTheExpired::new),
            mutant("M1", "continues after an id as if ids were signed numbers", MoveMutants.SignedIds::new),
            mutant("M1", "repeats the last id of a page on the next", MoveMutants.RepeatsIds::new),
            mutant("M2", "leaves out expired sessions in a move", MoveMutants.WithoutExpiredSessions::new),
            mutant("M2", "reads messages and sessions from two commits", MoveMutants.SessionsOfAnotherCommit::new),
            mutant("M2", "caches what is stored for ever", MoveMutants.CachesWhatIsStored::new),
            mutant("M3", "takes a conversation out of the bin when it is moved", MoveMutants.BeginsLive::new),
            mutant("M3", "makes a moved conversation permanent", MoveMutants.ImportsPermanent::new),
            mutant("M3", "loses a session that ended and started in one commit", MoveMutants.EndedIsEnded::new));

    public static final List<Mutant> ALL = Stream
            .of(OF_CONVERSATIONS, SearchFilterMutants.ALL, SearchCopiesMutants.ALL, StagingMutants.ALL,
                    ApiKeyMutants.ALL,
                    WebhookMutants.ALL, ImportJobMutants.ALL, ErasureMutants.ALL, UsageMutants.ALL)
            .flatMap(List::stream).toList();

    private Mutants() {
    }

    public record Mutant(String clause, String name, StoreFactory factory) {
    }

    static Mutant keyMutant(String clause, String name, BiFunction<ReferenceStorage, Integer, ApiKeyStore> maker) {
        return new Mutant(clause, name, impatient(ReferenceStoreUnderTest.factoryOfKeys(maker)));
    }

    static Mutant webhookMutant(String clause, String name,
            BiFunction<ReferenceStorage, Integer, WebhookStore> maker) {
        return new Mutant(clause, name, impatient(ReferenceStoreUnderTest.factoryOfWebhooks(maker)));
    }

    static Mutant importJobMutant(String clause, String name,
            BiFunction<ReferenceStorage, Integer, ImportJobStore> maker) {
        return new Mutant(clause, name, impatient(ReferenceStoreUnderTest.factoryOfImportJobs(maker)));
    }

    /** A store that stores something else than the commit leads to. */
    private static Mutant storing(String clause, String name, SessionMutants.Mutation mutation) {
        return mutant(clause, name, SessionMutants.storing(mutation));
    }

    static Mutant mutant(String clause, String name,
            BiFunction<ReferenceStorage, Duration, ReferenceStore> maker) {
        return new Mutant(clause, name, impatient(ReferenceStoreUnderTest.factory(maker)));
    }

    /** With a short time limit, because some mutants wait until it has passed. */
    private static StoreFactory impatient(StoreFactory factory) {
        return new StoreFactory() {
            @Override
            public StoreUnderTest open(Duration lockTimeout) {
                return factory.open(lockTimeout);
            }

            @Override
            public Duration patience() {
                return Duration.ofSeconds(2);
            }
        };
    }
}
