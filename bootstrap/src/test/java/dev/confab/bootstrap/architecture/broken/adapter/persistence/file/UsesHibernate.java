package dev.confab.bootstrap.architecture.broken.adapter.persistence.file;

import org.hibernate.SessionFactory;

record UsesHibernate(SessionFactory sessions) {
}
