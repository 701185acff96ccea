package dev.confab.adapter.persistence.contract.mutant;

import dev.confab.adapter.persistence.contract.reference.ReferenceSearch;
import dev.confab.adapter.persistence.contract.reference.ReferenceStorage;
import dev.confab.adapter.persistence.contract.reference.ReferenceStore;
import dev.confab.domain.conversation.Conversation;
import dev.confab.domain.query.SearchHit;
import dev.confab.domain.query.SearchQuery;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Stores that do not recognise the copies of a message, or choose the wrong one. */
final class SearchCopiesMutants {
    private SearchCopiesMutants() {
    }

    static class EachCopy extends ReferenceStore {
        EachCopy(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected ReferenceSearch searching(SearchQuery query) {
            return new ReferenceSearch(query) {
                @Override
                protected Object identity(Held held) {
                    return held;
                }
            };
        }
    }

    static class ById extends ReferenceStore {
        ById(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected ReferenceSearch searching(SearchQuery query) {
            return new ReferenceSearch(query) {
                @Override
                protected Object identity(Held held) {
                    return held.message().id();
                }
            };
        }
    }

    static class ByIdAndText extends ReferenceStore {
        ByIdAndText(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected ReferenceSearch searching(SearchQuery query) {
            return new ReferenceSearch(query) {
                @Override
                protected Object identity(Held held) {
                    return List.of(held.message().id(), held.message().createdAt(), held.message().text());
                }
            };
        }
    }

    static class NewestCopy extends ReferenceStore {
        NewestCopy(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected ReferenceSearch searching(SearchQuery query) {
            return new ReferenceSearch(query) {
                @Override
                protected Comparator<Conversation> order() {
                    return super.order().reversed();
                }
            };
        }
    }

    static class LowestId extends ReferenceStore {
        LowestId(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected ReferenceSearch searching(SearchQuery query) {
            return new ReferenceSearch(query) {
                @Override
                protected Comparator<Conversation> order() {
                    return Comparator.comparing(Conversation::id);
                }
            };
        }
    }

    static class CountsTheHit extends ReferenceStore {
        CountsTheHit(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected ReferenceSearch searching(SearchQuery query) {
            return new ReferenceSearch(query) {
                @Override
                protected Stream<SearchHit> hits(List<Held> same) {
                    return super.hits(same).map(hit -> new SearchHit(hit.conversation(), hit.title(), hit.message(),
                            hit.createdAt(), hit.snippet(), same.size()));
                }
            };
        }
    }

    /** Looks for copies in all conversations first. */
    static class FiltersAfterwards extends ReferenceStore {
        FiltersAfterwards(ReferenceStorage storage, Duration lockTimeout) {
            super(storage, lockTimeout);
        }

        @Override
        protected ReferenceSearch searching(SearchQuery query) {
            return new ReferenceSearch(query) {
                @Override
                protected boolean admits(Conversation head) {
                    return query.filter().conversation().map(head.id()::equals).orElse(true);
                }

                @Override
                protected Stream<SearchHit> hits(List<Held> same) {
                    List<Held> all = same.stream().sorted(Comparator.comparing(Held::head, order())).toList();
                    return query.filter().admits(all.getFirst().head()) ? super.hits(all) : Stream.empty();
                }
            };
        }
    }
}
