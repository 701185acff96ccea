package dev.confab.adapter.persistence.jpa.row;

import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.tool.schema.Action;

/** Hibernate over the pool of the reads: it checks that the tables fit the entities, and then maps what is read. */
public final class HibernateMapping {
    private HibernateMapping() {
    }

    /** Throws {@link org.hibernate.tool.schema.spi.SchemaManagementException} when the tables are not those of the entities. */
    public static SessionFactory create(DataSource reads) {
        return new HibernatePersistenceConfiguration("confab")
                .managedClasses(ConversationEntity.class, MessageEntity.class, SessionEntity.class,
                        TurnEntity.class)
                .schemaToolingAction(Action.VALIDATE)
                .property(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, reads)
                // The pool has turned autocommit off: one round trip less a read.
                .property(JdbcSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .createEntityManagerFactory();
    }
}
