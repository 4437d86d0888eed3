/** Client-side caching: who may have a copy of which key, and how they hear that it is outdated. */
@NullMarked
package dev.redistill.tracking;

import org.jspecify.annotations.NullMarked;
