package dev.redistill.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.redistill.util.FileReplacement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The access list: all users. Reading takes no lock; changes replace the map of users as a whole,
 * under {@code changes}, so that a change is seen whole or not at all.
 */
public final class Acl {

  /** The user that clients are before they log in. */
  public static final String DEFAULT = "default";

  /** Hears of changes, in their order and under the lock of the access list. */
  public interface Listener {

    /**
     * A user has changed, or is gone.
     *
     * @param after the user as it is now, null if there is none of this name or it is another one
     */
    void changed(User before, @Nullable User after);
  }

  private final CommandCatalog catalog;
  private final BooleanSupplier allChannelsByDefault;
  private final ReentrantLock changes = new ReentrantLock();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final AclLog log = new AclLog();
  private final LoginThrottle throttle = new LoginThrottle();
  private volatile NavigableMap<String, User> users = Collections.emptyNavigableMap();
  private volatile User defaultUser;
  private String password = "";
  private long identities;

  /**
   * An access list with the default user, who may do everything without a password.
   *
   * @param allChannelsByDefault whether a new user may use all channels
   */
  public Acl(CommandCatalog catalog, BooleanSupplier allChannelsByDefault) {
    this.catalog = catalog;
    this.allChannelsByDefault = allChannelsByDefault;
    UserDraft draft = draft(DEFAULT);
    List.of("on", "nopass", "~*", "&*", "+@all").forEach(draft::take);
    defaultUser = new User(nextIdentity(), draft);
    users = with(new TreeMap<>(), defaultUser);
  }

  private UserDraft draft(String name) {
    return new UserDraft(catalog, allChannelsByDefault.getAsBoolean(), name);
  }

  private long nextIdentity() {
    return ++identities;
  }

  private static NavigableMap<String, User> with(NavigableMap<String, User> map, User user) {
    NavigableMap<String, User> copy = new TreeMap<>(map);
    copy.put(user.name(), user);
    return copy;
  }

  /** Has changes noticed. */
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  /** All users in the order of their names. */
  public Collection<User> users() {
    return Collections.unmodifiableCollection(users.values());
  }

  public @Nullable User find(String name) {
    return users.get(name);
  }

  public User defaultUser() {
    return defaultUser;
  }

  /** Whether clients have to log in before they may do anything. */
  public boolean requiresLogin() {
    User user = defaultUser;
    return !user.needsNoPassword() || !user.isEnabled();
  }

  /** The refused attempts. */
  public AclLog log() {
    return log;
  }

  /** What slows down those who guess passwords. */
  public LoginThrottle throttle() {
    return throttle;
  }

  /** The user with this name and password; null if there is none, or the user is off. */
  public @Nullable User login(String name, byte[] givenPassword) {
    User user = users.get(name);
    return User.accepts(user, givenPassword) ? user : null;
  }

  /**
   * Makes or changes a user by rules, all of them or none.
   *
   * @throws BadRuleException if one of them is not understood
   */
  public void change(String name, List<String> rules) {
    if (Rules.isBadName(name)) {
      throw new BadRuleException("Usernames can't contain spaces or null characters");
    }
    changes.lock();
    try {
      User before = users.get(name);
      UserDraft draft =
          before == null
              ? draft(name)
              : new UserDraft(catalog, allChannelsByDefault.getAsBoolean(), before);
      for (String rule : Rules.joined(rules)) {
        take(draft, rule);
      }
      put(new User(before == null ? nextIdentity() : before.identity(), draft));
    } finally {
      changes.unlock();
    }
  }

  private static void take(UserDraft draft, String rule) {
    try {
      draft.take(rule);
    } catch (BadRuleException e) {
      throw new BadRuleException(
          "Error in ACL SETUSER modifier '" + Rules.shown(rule) + "': " + e.text());
    }
  }

  private void put(User user) {
    User before = users.get(user.name());
    users = with(users, user);
    if (user.name().equals(DEFAULT)) {
      defaultUser = user;
    }
    if (before != null) {
      tell(before, user);
    }
  }

  private void tell(User before, @Nullable User after) {
    listeners.forEach(listener -> listener.changed(before, after));
  }

  /** Sets the password of the default user; with an empty one none is needed. */
  public void defaultPassword(String text) {
    changes.lock();
    try {
      password = text;
      change(DEFAULT, List.of("resetpass", text.isEmpty() ? "nopass" : ">" + text));
    } finally {
      changes.unlock();
    }
  }

  /** Takes users out; answers how many there were. */
  public int remove(Collection<String> names) {
    if (names.contains(DEFAULT)) {
      throw new BadRuleException("The 'default' user cannot be removed");
    }
    changes.lock();
    try {
      NavigableMap<String, User> copy = new TreeMap<>(users);
      List<User> removed = new ArrayList<>();
      for (String name : new TreeSet<>(names)) {
        User user = copy.remove(name);
        if (user != null) {
          removed.add(user);
        }
      }
      users = copy;
      removed.forEach(user -> tell(user, null));
      return removed.size();
    } finally {
      changes.unlock();
    }
  }

  /**
   * Takes the users of a file in the place of those there are, all of them or, if anything is wrong
   * with it, none. Users whose line says the same as before stay who they are.
   *
   * @throws BadRuleException with all that is wrong
   */
  public void load(Path file) throws IOException {
    String text = AclFile.read(file);
    changes.lock();
    try {
      replace(AclFile.parse(text, file.toString(), this::draft));
    } finally {
      changes.unlock();
    }
  }

  private void replace(Collection<UserDraft> drafts) {
    NavigableMap<String, User> before = users;
    NavigableMap<String, User> after = new TreeMap<>();
    drafts.forEach(draft -> after.put(draft.name(), identified(draft)));
    after.computeIfAbsent(DEFAULT, name -> identified(openDraft()));
    users = after;
    defaultUser = after.getOrDefault(DEFAULT, defaultUser);
    before.forEach((name, user) -> {
      User now = after.get(name);
      tell(user, now != null && now.isSameAs(user) ? now : null);
    });
  }

  /** A file that does not say who the default user is leaves it with the password that it has. */
  private UserDraft openDraft() {
    UserDraft draft = draft(DEFAULT);
    String access = password.isEmpty() ? "nopass" : ">" + password;
    List.of("on", access, "~*", "&*", "+@all").forEach(draft::take);
    return draft;
  }

  /**
   * The user that was read, who is the one of this name if that is the default user or has the same
   * line.
   */
  private User identified(UserDraft draft) {
    User known = users.get(draft.name());
    User made = new User(nextIdentity(), draft);
    boolean same =
        known != null && (draft.name().equals(DEFAULT) || known.line().equals(made.line()));
    return known != null && same ? new User(known.identity(), draft) : made;
  }

  /** Writes all users into a file, which is replaced as a whole. */
  public void save(Path file) throws IOException {
    changes.lock();
    try {
      String text =
          users.values().stream().map(User::line).collect(Collectors.joining("\n", "", "\n"));
      FileReplacement.write(file, text.getBytes(ISO_8859_1));
    } finally {
      changes.unlock();
    }
  }

  /** Users that lines of the configuration describe: a name and its rules each. */
  public void configure(List<List<String>> lines) {
    Set<String> names = new TreeSet<>();
    for (List<String> line : lines) {
      String name = line.getFirst();
      if (!names.add(name)) {
        throw new BadRuleException(
            "Duplicate user '" + name + "' found. A user can only be defined once in config files");
      }
      List<String> rules = new ArrayList<>(line.subList(1, line.size()));
      if (name.equals(DEFAULT)) {
        rules.addFirst("reset");
      }
      change(name, rules);
    }
  }
}
