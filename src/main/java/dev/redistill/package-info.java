/** The program: its command line and the one place where the server is put together. */
@NullMarked
package dev.redistill;

import org.jspecify.annotations.NullMarked;
