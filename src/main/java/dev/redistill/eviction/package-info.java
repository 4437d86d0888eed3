/** Which keys go when memory is short. */
@NullMarked
package dev.redistill.eviction;

import org.jspecify.annotations.NullMarked;
