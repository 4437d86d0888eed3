/** The network: listeners, carriers of virtual threads, and the loop of one connection. */
@NullMarked
package dev.redistill.net;

import org.jspecify.annotations.NullMarked;
