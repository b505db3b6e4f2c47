/** What happens, told to browsers and programs as it happens (server-sent events). */
package io.kiln.api.events;
