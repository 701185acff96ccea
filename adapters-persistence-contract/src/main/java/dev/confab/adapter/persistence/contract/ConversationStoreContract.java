package dev.confab.adapter.persistence.contract;

import dev.confab.adapter.persistence.contract.clause.erasure.ErasureContract;
import dev.confab.adapter.persistence.contract.clause.erasure.ErasureRacesContract;
import dev.confab.adapter.persistence.contract.clause.importjob.ImportJobClaimsContract;
import dev.confab.adapter.persistence.contract.clause.importjob.ImportJobStoreContract;
import dev.confab.adapter.persistence.contract.clause.key.ApiKeyFailureContract;
import dev.confab.adapter.persistence.contract.clause.key.ApiKeyRacesContract;
import dev.confab.adapter.persistence.contract.clause.key.ApiKeyStoreContract;
import dev.confab.adapter.persistence.contract.clause.move.RestorationContract;
import dev.confab.adapter.persistence.contract.clause.move.StoredContract;
import dev.confab.adapter.persistence.contract.clause.read.AliasingContract;
import dev.confab.adapter.persistence.contract.clause.read.DeletionContract;
import dev.confab.adapter.persistence.contract.clause.read.ImportsContract;
import dev.confab.adapter.persistence.contract.clause.read.ListingContract;
import dev.confab.adapter.persistence.contract.clause.read.ReadsContract;
import dev.confab.adapter.persistence.contract.clause.read.RealTimeContract;
import dev.confab.adapter.persistence.contract.clause.read.RemovedMessagesContract;
import dev.confab.adapter.persistence.contract.clause.read.RoundTripContract;
import dev.confab.adapter.persistence.contract.clause.read.SearchContract;
import dev.confab.adapter.persistence.contract.clause.read.SearchCopiesContract;
import dev.confab.adapter.persistence.contract.clause.read.SearchFilterContract;
import dev.confab.adapter.persistence.contract.clause.read.TimesContract;
import dev.confab.adapter.persistence.contract.clause.read.UsageContract;
import dev.confab.adapter.persistence.contract.clause.read.WindowsContract;
import dev.confab.adapter.persistence.contract.clause.session.ExpiryContract;
import dev.confab.adapter.persistence.contract.clause.session.FenceContract;
import dev.confab.adapter.persistence.contract.clause.session.InterruptionsContract;
import dev.confab.adapter.persistence.contract.clause.session.QueueContract;
import dev.confab.adapter.persistence.contract.clause.session.SessionListingContract;
import dev.confab.adapter.persistence.contract.clause.session.SessionRoundTripContract;
import dev.confab.adapter.persistence.contract.clause.session.SessionsContract;
import dev.confab.adapter.persistence.contract.clause.session.TurnsContract;
import dev.confab.adapter.persistence.contract.clause.webhook.WebhookClaimsContract;
import dev.confab.adapter.persistence.contract.clause.webhook.WebhookDueContract;
import dev.confab.adapter.persistence.contract.clause.webhook.WebhookFailureContract;
import dev.confab.adapter.persistence.contract.clause.webhook.WebhookQueueContract;
import dev.confab.adapter.persistence.contract.clause.webhook.WebhookStoreContract;
import dev.confab.adapter.persistence.contract.clause.write.AtomicityContract;
import dev.confab.adapter.persistence.contract.clause.write.BoundedWaitContract;
import dev.confab.adapter.persistence.contract.clause.write.DurabilityContract;
import dev.confab.adapter.persistence.contract.clause.write.FailureContract;
import dev.confab.adapter.persistence.contract.clause.write.IdempotencyContract;
import dev.confab.adapter.persistence.contract.clause.write.OneConversationContract;
import dev.confab.adapter.persistence.contract.clause.write.ParallelContract;
import dev.confab.adapter.persistence.contract.clause.write.PreconditionContract;
import dev.confab.adapter.persistence.contract.clause.write.RepeatableContract;
import dev.confab.adapter.persistence.contract.clause.write.SerialContract;
import dev.confab.adapter.persistence.contract.clause.write.StagingContract;
import dev.confab.adapter.persistence.contract.harness.ContractTest;
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.history.HistoriesContract;
import dev.confab.adapter.persistence.contract.random.RandomSequencesContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The suite: all tests of the contract, S1 to S21, about API keys K1 to K9, about webhooks W1 to W11, about import jobs J1 to J10, about erasures E1 to E5, about usages
 * U1 to U3, and about moving a store M1 to M3. An adapter's test class extends it and contains only the factory that opens its store:
 *
 * <pre>{@code
 * class MyStoreContractTest extends ConversationStoreContract {
 *     protected StoreFactory factory() {
 *         return lockTimeout -> new MyStoreUnderTest(lockTimeout);
 *     }
 * }
 * }</pre>
 */
public abstract class ConversationStoreContract {

    /** Opens the store under test. */
    protected abstract StoreFactory factory();

    /** Passes the factory to the nested class before each of its tests. */
    @RegisterExtension
    final BeforeEachCallback givesFactory = context -> ((ContractTest) context.getRequiredTestInstance())
            .openWith(factory());

    @Nested
    class Atomicity extends AtomicityContract {
    }

    @Nested
    class Durability extends DurabilityContract {
    }

    @Nested
    class Serial extends SerialContract {
    }

    @Nested
    class Staging extends StagingContract {
    }

    @Nested
    class Histories extends HistoriesContract {
    }

    @Nested
    class Parallel extends ParallelContract {
    }

    @Nested
    class Reads extends ReadsContract {
    }

    @Nested
    class Windows extends WindowsContract {
    }

    @Nested
    class RealTime extends RealTimeContract {
    }

    @Nested
    class Precondition extends PreconditionContract {
    }

    @Nested
    class BoundedWait extends BoundedWaitContract {
    }

    @Nested
    class Repeatable extends RepeatableContract {
    }

    @Nested
    class Idempotency extends IdempotencyContract {
    }

    @Nested
    class Aliasing extends AliasingContract {
    }

    @Nested
    class OneConversation extends OneConversationContract {
    }

    @Nested
    class Deletion extends DeletionContract {
    }

    @Nested
    class RemovedMessages extends RemovedMessagesContract {
    }

    @Nested
    class RoundTrip extends RoundTripContract {
    }

    @Nested
    class Imports extends ImportsContract {
    }

    @Nested
    class Times extends TimesContract {
    }

    @Nested
    class Failure extends FailureContract {
    }

    @Nested
    class Listing extends ListingContract {
    }

    @Nested
    class Search extends SearchContract {
    }

    @Nested
    class SearchCopies extends SearchCopiesContract {
    }

    @Nested
    class SearchFilters extends SearchFilterContract {
    }

    @Nested
    class Sessions extends SessionsContract {
    }

    @Nested
    class SessionRoundTrip extends SessionRoundTripContract {
    }

    @Nested
    class SessionListing extends SessionListingContract {
    }

    @Nested
    class Turns extends TurnsContract {
    }

    @Nested
    class Interruptions extends InterruptionsContract {
    }

    @Nested
    class Queue extends QueueContract {
    }

    @Nested
    class Fence extends FenceContract {
    }

    @Nested
    class Expiry extends ExpiryContract {
    }

    @Nested
    class ApiKeys extends ApiKeyStoreContract {
    }

    @Nested
    class ApiKeyRaces extends ApiKeyRacesContract {
    }

    @Nested
    class ApiKeyFailure extends ApiKeyFailureContract {
    }

    @Nested
    class Webhooks extends WebhookStoreContract {
    }

    @Nested
    class WebhookDue extends WebhookDueContract {
    }

    @Nested
    class WebhookQueue extends WebhookQueueContract {
    }

    @Nested
    class WebhookClaims extends WebhookClaimsContract {
    }

    @Nested
    class WebhookFailure extends WebhookFailureContract {
    }

    @Nested
    class ImportJobs extends ImportJobStoreContract {
    }

    @Nested
    class ImportJobClaims extends ImportJobClaimsContract {
    }

    @Nested
    class Erasures extends ErasureContract {
    }

    @Nested
    class ErasureRaces extends ErasureRacesContract {
    }

    @Nested
    class Usages extends UsageContract {
    }

    @Nested
    class Stored extends StoredContract {
    }

    @Nested
    class Restoration extends RestorationContract {
    }

    @Nested
    class RandomSequences extends RandomSequencesContract {
    }
}
