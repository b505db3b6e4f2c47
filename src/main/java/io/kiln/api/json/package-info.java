/** JSON bodies: requests read into records with every misfit named, answers written from records. */
package io.kiln.api.json;
