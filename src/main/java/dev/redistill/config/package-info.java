/** The settings: one table of them, read from a file, the environment and the command line. */
@NullMarked
package dev.redistill.config;

import org.jspecify.annotations.NullMarked;
