/** Transport security: certificates, keys and the engines that connections encrypt with. */
@NullMarked
package dev.redistill.tls;

import org.jspecify.annotations.NullMarked;
