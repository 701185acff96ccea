package dev.confab.adapter.persistence.jpa.read;

import dev.confab.adapter.persistence.jpa.row.ConversationEntity;
import dev.confab.adapter.persistence.jpa.row.MetadataJson;
import dev.confab.domain.conversation.Metadata;
import dev.confab.domain.query.ListFilter;
import dev.confab.domain.query.ListQuery;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists heads. The statement has only the conditions that its filter needs, so that each one can use its index. Whether the index of the list
 * or that of a label or of metadata is better depends on how many conversations match, so these are planned for their values.
 *
 * <p>The indexes of live conversations begin with the owner and {@code archived}, and go on with the time. So a list of both kinds is
 * made of the first rows of each. In {@code time <= :time AND (time < :time OR …)} the first half limits the scan of the index, which
 * an OR alone would not do.
 */
record HeadListing(EntityManager entities) {

    /** One more than the page holds, which shows whether another page follows. */
    @SuppressWarnings("unchecked") // The query names the class of its rows.
    List<ConversationEntity> page(String owner, ListQuery query, Instant now) {
        ListFilter filter = query.filter();
        if (!filter.labels().isEmpty() || !filter.metadata().equals(Metadata.EMPTY)) {
            ReadTransactions.planForValues(entities);
        }
        var statement = entities.createNativeQuery(sql(query), ConversationEntity.class)
                .setParameter("owner", owner).setParameter("now", now)
                .setParameter("time", query.after().map(ListQuery.Key::time).orElse(KeyLimits.LATEST))
                .setParameter("id", query.after().map(key -> key.id().value()).orElse(KeyLimits.LOWEST))
                .setParameter("limit", query.limit() + 1);
        if (!filter.labels().isEmpty()) {
            statement.setParameter("labels", filter.labels().toArray(String[]::new));
        }
        if (!filter.metadata().equals(Metadata.EMPTY)) {
            statement.setParameter("metadata", MetadataJson.write(filter.metadata()));
        }
        return statement.getResultList();
    }

    private static String sql(ListQuery query) {
        String time = switch (query.sort()) {
            case UPDATED -> "updated_at";
            case CREATED -> "created_at";
            case DELETED -> "deleted_at";
        };
        String order = " ORDER BY " + time + " DESC, id LIMIT :limit";
        String rows = """
                SELECT * FROM conversation
                WHERE owner_id = :owner AND (expires_at IS NULL OR expires_at > :now)
                    AND %1$s <= :time AND (%1$s < :time OR id > :id)""".formatted(time)
                + String.join("", conditions(query));
        return switch (query.filter().archived()) {
            case EXCLUDE -> rows + " AND NOT archived" + order;
            case ONLY -> rows + " AND archived" + order;
            case INCLUDE -> query.sort() == ListQuery.Sort.DELETED
                    ? rows + order
                    : "(" + rows + " AND NOT archived" + order + ") UNION ALL (" + rows + " AND archived" + order + ")"
                            + order;
        };
    }

    private static List<String> conditions(ListQuery query) {
        var conditions = new ArrayList<String>();
        conditions.add(query.sort() == ListQuery.Sort.DELETED
                ? " AND deleted_at IS NOT NULL"
                : " AND deleted_at IS NULL");
        query.filter().pinned().ifPresent(pinned -> conditions.add(pinned ? " AND pinned" : " AND NOT pinned"));
        if (!query.filter().labels().isEmpty()) {
            // The index has no rows without labels.
            conditions.add(" AND labels <> '{}' AND labels @> CAST(:labels AS text[])");
        }
        if (!query.filter().metadata().equals(Metadata.EMPTY)) {
            // As above.
            conditions.add(" AND metadata <> '{}' AND metadata @> CAST(:metadata AS jsonb)");
        }
        return conditions;
    }
}
