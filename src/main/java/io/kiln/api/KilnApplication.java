package io.kiln.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything of REST is below {@code /api}. */
@ApplicationPath("/api")
public class KilnApplication extends Application {}
