package io.kiln.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import javax.sql.DataSource;

/** Hands the server's data source and persistence context to the beans that ask for them. */
@Dependent
class Database {
    @Produces
    @Resource(lookup = "java:jboss/datasources/KilnDS")
    DataSource dataSource;

    @Produces
    @PersistenceContext
    EntityManager entityManager;
}
