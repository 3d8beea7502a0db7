/** A place in the page: what of the URL decides what is shown. */
export interface Place {
  path: string;
  search: URLSearchParams;
}

export function placeOf(url: URL | Location): Place {
  return { path: url.pathname, search: new URLSearchParams(url.search) };
}

export type Params = Readonly<Record<string, string>>;

/** Matches `/tasks/:id` against a path; null when it does not fit. */
export function matchPattern(pattern: string, path: string): Params | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decode(text);
    else if (part !== text) return null;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const paths = {
  queues: "/",
  documents: "/documents",
  document: (id: string) => `/documents/${encodeURIComponent(id)}`,
  task: (id: string) => `/tasks/${encodeURIComponent(id)}`,
  exports: "/exports",
  audit: "/audit",
  bundles: "/audit/bundles",
  signingKeys: "/account/signing-keys",
  types: "/types",
};
