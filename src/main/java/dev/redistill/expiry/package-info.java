/** The worker that removes entries whose time to live is over. */
@NullMarked
package dev.redistill.expiry;

import org.jspecify.annotations.NullMarked;
