/** Who may do what: users, their passwords and permissions, and what happens to those who guess. */
@NullMarked
package dev.redistill.auth;

import org.jspecify.annotations.NullMarked;
