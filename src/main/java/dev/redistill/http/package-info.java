/** The HTTP port, for those who watch the server: metrics, health and readiness. */
@NullMarked
package dev.redistill.http;

import org.jspecify.annotations.NullMarked;
