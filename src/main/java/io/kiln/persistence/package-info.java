/** What every room needs to speak with the database: statements, JSON columns, pages, and the errors of edits that meet. */
package io.kiln.persistence;
