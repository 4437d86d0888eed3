/**
 * Black-box tests: a real Redis and a running server are asked the same things, over real sockets.
 */
@NullMarked
package dev.redistill.it;

import org.jspecify.annotations.NullMarked;
