/** The protocol: requests as slices of a read buffer, and replies in RESP2 and RESP3. */
@NullMarked
package dev.redistill.resp;

import org.jspecify.annotations.NullMarked;
