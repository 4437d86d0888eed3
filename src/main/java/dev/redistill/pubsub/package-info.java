/** Who wants to hear of what, and what waits to be told to whom. Knows no sockets. */
@NullMarked
package dev.redistill.pubsub;

import org.jspecify.annotations.NullMarked;
