package dev.redistill.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may use the server, at one moment: changing a user makes another object with the
 * same identity. Never changes.
 */
public final class User {

  /** Whether what RESTORE gets is looked at closely, if anything is said of it. */
  enum Payload {
    UNSAID,
    SKIP,
    SANITIZE
  }

  private final long identity;
  private final String name;
  private final boolean enabled;
  private final boolean noPassword;
  private final Payload payload;
  private final List<PasswordHash> passwords;
  private final List<Selector> selectors;
  private final boolean restricted;

  User(long identity, UserDraft draft) {
    this.identity = identity;
    name = draft.name();
    enabled = draft.isEnabled();
    noPassword = draft.needsNoPassword();
    payload = draft.payload();
    passwords = List.copyOf(draft.passwords());
    selectors = draft.selectors();
    restricted = selectors.stream().noneMatch(Selector::allowsEverything);
  }

  /** The name, one character per byte. */
  public String name() {
    return name;
  }

  /** Whether another object is this user, perhaps with other rules; one made again is not. */
  public boolean isSameAs(User other) {
    return identity == other.identity;
  }

  long identity() {
    return identity;
  }

  public boolean isEnabled() {
    return enabled;
  }

  /** Whether any password will do. */
  public boolean needsNoPassword() {
    return noPassword;
  }

  /** Whether there is anything that this user must not do. */
  public boolean isRestricted() {
    return restricted;
  }

  /** The permissions: first those of the user itself, then those of further selectors. */
  public List<Selector> selectors() {
    return selectors;
  }

  /** Whether some selector allows a channel, or a pattern of channels. */
  public boolean maySubscribe(String channel, boolean pattern) {
    byte[] bytes = channel.getBytes(ISO_8859_1);
    Name text = new Name(bytes, 0, bytes.length);
    return selectors.stream()
        .anyMatch(one -> pattern ? one.allowsChannelPattern(text) : one.allowsChannel(text));
  }

  Payload payload() {
    return payload;
  }

  List<PasswordHash> hashes() {
    return passwords;
  }

  /** The SHA-256 of each password in hexadecimal digits. */
  public List<String> passwords() {
    return passwords.stream().map(PasswordHash::hex).toList();
  }

  /** Whether somebody may log in as this user. Takes as long for a user that does not exist. */
  static boolean accepts(@Nullable User user, byte[] password) {
    PasswordHash given = PasswordHash.of(password);
    boolean right = given.isAmong(user == null ? List.of() : user.passwords);
    return user != null && user.enabled && (right || user.noPassword);
  }

  /** The states of the user that rules give, in the order of {@code ACL GETUSER}. */
  public List<String> flags() {
    List<String> flags = new ArrayList<>();
    flags.add(enabled ? "on" : "off");
    if (noPassword) {
      flags.add("nopass");
    }
    switch (payload) {
      case UNSAID -> {}
      case SKIP -> flags.add("skip-sanitize-payload");
      case SANITIZE -> flags.add("sanitize-payload");
    }
    return flags;
  }

  /** The line from which this user follows, as it stands in a file. */
  public String line() {
    StringBuilder line = new StringBuilder("user ").append(name);
    flags().forEach(flag -> line.append(' ').append(flag));
    passwords.forEach(password -> line.append(" #").append(password.hex()));
    line.append(' ').append(selectors.getFirst().describe());
    selectors.stream()
        .skip(1)
        .forEach(selector -> line.append(" (").append(selector.describe()).append(')'));
    return line.toString();
  }
}
