package dev.confab.adapter.persistence.jpa.row;

import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.type.SqlTypes;
import org.hibernate.tool.schema.Action;

/** Hibernate over the pool for reads: it checks that the tables fit the entities, and maps the rows that are read. */
public final class HibernateMapping {
    private HibernateMapping() {
    }

    /** Throws {@link jakarta.persistence.PersistenceException} when the tables do not fit the entities. */
    public static SessionFactory create(DataSource reads) {
        return new HibernatePersistenceConfiguration("confab")
                .managedClasses(ConversationEntity.class, MessageEntity.class, SessionEntity.class,
                        TurnEntity.class)
                .schemaToolingAction(Action.VALIDATE)
                .property(MappingSettings.PHYSICAL_NAMING_STRATEGY, new PhysicalNamingStrategySnakeCaseImpl())
                // Through OffsetDateTime: Hibernate's default for PostgreSQL is java.sql.Timestamp, which counts in the Julian calendar
                // before 15 October 1582.
                .property(MappingSettings.PREFERRED_INSTANT_JDBC_TYPE, SqlTypes.TIMESTAMP_WITH_TIMEZONE)
                .property(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, reads)
                // The pool has turned autocommit off, which saves one round trip a read.
                .property(JdbcSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .createEntityManagerFactory();
    }
}
