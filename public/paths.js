// Which of several prefixes a path is under.

const under = (path, prefix) => path === prefix || path.startsWith(prefix.replace(/\/?$/, '/'));

/** Of `list` the one with the longest prefix that `path` is under. */
export const longest = (path, list, prefixOf) =>
  list.filter((one) => under(path, prefixOf(one))).sort((a, b) => prefixOf(b).length - prefixOf(a).length)[0];
