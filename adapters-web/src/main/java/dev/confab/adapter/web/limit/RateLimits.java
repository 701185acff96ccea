package dev.confab.adapter.web.limit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.confab.adapter.web.request.Caller;
import dev.confab.domain.access.Limits.Rate;
import dev.confab.domain.conversation.OwnerId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A token bucket for each owner who made requests lately.
 *
 * <p>Forgetting a bucket gives an owner no more requests: a bucket is forgotten only after it was not used for the time in which an empty
 * bucket becomes full, and a new one is full. Only when more than {@link #MAX_BUCKETS} are in use, one is forgotten earlier.
 */
final class RateLimits {
    static final int MAX_BUCKETS = 20_000;
    private final LoadingCache<Key, Bucket> buckets;

    /** @param nanoTime a monotonic clock: {@code System::nanoTime} */
    RateLimits(LongSupplier nanoTime) {
        var time = new Nanoseconds(nanoTime);
        Ticker ticker = nanoTime::getAsLong;
        this.buckets = Caffeine.newBuilder().maximumSize(MAX_BUCKETS).ticker(ticker)
                .expireAfter(Expiry.<Key, Bucket>accessing((key, _) -> key.timeToFill()))
                .build(key -> Bucket.builder().withCustomTimePrecision(time)
                        .addLimit(limit -> limit.capacity(key.rate().burst())
                                .refillGreedy(key.rate().perSecond(), Duration.ofSeconds(1)))
                        .build());
    }

    /**
     * The key of a bucket.
     *
     * @param key the API key, if it has a rate of its own; its requests do not count for the other keys of the owner
     */
    private record Key(OwnerId owner, Optional<String> key, Rate rate) {
        Duration timeToFill() {
            return Duration.ofNanos((long) Math.ceil(1e9 * rate.burst() / rate.perSecond())).plusSeconds(1);
        }
    }

    /** The monotonic clock, as bucket4j takes it. */
    private record Nanoseconds(LongSupplier nanoTime) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoTime.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }

    /** Takes a token from the caller's bucket, if it has one. */
    ConsumptionProbe take(Caller caller, Rate rate) {
        Optional<String> ownRate = caller.limits().rate().map(_ -> caller.name());
        return buckets.get(new Key(caller.owner(), ownRate, rate)).tryConsumeAndReturnRemaining(1);
    }

    long inUse() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }
}
