package dev.confab.bootstrap.architecture.broken.application;

import org.hibernate.SessionFactory;

record UsesHibernate(SessionFactory sessions) {
}
