package dev.confab.adapter.persistence.contract;

import dev.confab.adapter.persistence.contract.clause.read.AliasingContract;
import dev.confab.adapter.persistence.contract.clause.read.DeletionContract;
import dev.confab.adapter.persistence.contract.clause.read.ListingContract;
import dev.confab.adapter.persistence.contract.clause.read.ReadsContract;
import dev.confab.adapter.persistence.contract.clause.read.RealTimeContract;
import dev.confab.adapter.persistence.contract.clause.read.RoundTripContract;
import dev.confab.adapter.persistence.contract.clause.read.SearchContract;
import dev.confab.adapter.persistence.contract.clause.read.WindowsContract;
import dev.confab.adapter.persistence.contract.clause.session.ExpiryContract;
import dev.confab.adapter.persistence.contract.clause.session.FenceContract;
import dev.confab.adapter.persistence.contract.clause.session.SessionListingContract;
import dev.confab.adapter.persistence.contract.clause.session.SessionRoundTripContract;
import dev.confab.adapter.persistence.contract.clause.session.SessionsContract;
import dev.confab.adapter.persistence.contract.clause.session.TurnsContract;
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
import dev.confab.adapter.persistence.contract.harness.StoreFactory;
import dev.confab.adapter.persistence.contract.history.HistoriesContract;
import dev.confab.adapter.persistence.contract.random.RandomSequencesContract;
import org.junit.jupiter.api.Nested;

/**
 * The suite: all tests of the contract, S1 to S20. The test of an adapter extends it and says how a store is opened, nothing else:
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

    @Nested
    class Atomicity extends AtomicityContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Durability extends DurabilityContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Serial extends SerialContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Histories extends HistoriesContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Parallel extends ParallelContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Reads extends ReadsContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Windows extends WindowsContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class RealTime extends RealTimeContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Precondition extends PreconditionContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class BoundedWait extends BoundedWaitContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Repeatable extends RepeatableContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Idempotency extends IdempotencyContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Aliasing extends AliasingContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class OneConversation extends OneConversationContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Deletion extends DeletionContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class RoundTrip extends RoundTripContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Failure extends FailureContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Listing extends ListingContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Search extends SearchContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Sessions extends SessionsContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class SessionRoundTrip extends SessionRoundTripContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class SessionListing extends SessionListingContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Turns extends TurnsContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Fence extends FenceContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class Expiry extends ExpiryContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }

    @Nested
    class RandomSequences extends RandomSequencesContract {
        @Override
        protected StoreFactory factory() {
            return ConversationStoreContract.this.factory();
        }
    }
}
