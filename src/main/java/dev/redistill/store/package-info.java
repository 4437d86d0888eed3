/**
 * The data: databases of shards of entries, and the locks that guard them; no protocol, no sockets.
 */
@NullMarked
package dev.redistill.store;

import org.jspecify.annotations.NullMarked;
