import {
  type AnchorHTMLAttributes,
  type ComponentType,
  createContext,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useTransition,
} from "react";
import { loadQuery, type PreloadedQuery, useRelayEnvironment } from "react-relay";
import type { GraphQLTaggedNode, IEnvironment, OperationType } from "relay-runtime";
import { onMissedChanges } from "../relay/connection";
import { useViewer, type Viewer } from "../shell/Viewer";
import { matchPattern, type Params, type Place, placeOf } from "./location";

export interface ScreenProps<Query extends OperationType> {
  query: PreloadedQuery<Query>;
  params: Params;
  search: URLSearchParams;
}

/** A screen with the query it starts with, so that code and data are asked for together. */
export interface Route {
  pattern: string;
  load: () => Promise<unknown>;
  prepare: (environment: IEnvironment, at: At) => Prepared;
}

/** Where somebody goes, and who. */
export interface At {
  params: Params;
  search: URLSearchParams;
  viewer: Viewer;
}

interface Prepared {
  screen: ReactNode;
  dispose: () => void;
}

export function route<Query extends OperationType>(
  pattern: string,
  load: () => Promise<unknown>,
  Screen: ComponentType<ScreenProps<Query>>,
  request: GraphQLTaggedNode,
  variables: (at: At) => Query["variables"],
): Route {
  return {
    pattern,
    load,
    prepare(environment, at) {
      const { params, search } = at;
      void load();
      const query = loadQuery<Query>(environment, request, variables(at), {
        fetchPolicy: "store-and-network",
      });
      // One screen a set of path parameters: another task is another screen, another filter is the same one.
      const key = `${pattern} ${Object.values(params).join(" ")}`;
      return {
        screen: <Screen key={key} query={query} params={params} search={search} />,
        dispose: () => query.dispose(),
      };
    },
  };
}

interface Navigation {
  place: Place;
  pending: boolean;
  navigate: (to: string, how?: { replace?: boolean }) => void;
  reload: () => void;
}

const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === null) throw new Error("useNavigation outside of a Router");
  return navigation;
}

interface Shown {
  place: Place;
  prepared: Prepared | null;
}

function prepare(routes: readonly Route[], environment: IEnvironment, viewer: Viewer, place: Place): Prepared | null {
  for (const candidate of routes) {
    const params = matchPattern(candidate.pattern, place.path);
    if (params !== null) return candidate.prepare(environment, { params, search: place.search, viewer });
  }
  return null;
}

export function Router({
  routes,
  notFound,
  children,
}: {
  routes: readonly Route[];
  notFound: ReactNode;
  children: (screen: ReactNode, place: Place) => ReactNode;
}) {
  const environment = useRelayEnvironment();
  const viewer = useViewer();
  const [pending, startTransition] = useTransition();
  const [shown, setShown] = useState<Shown>(() => {
    const place = placeOf(location);
    return { place, prepared: prepare(routes, environment, viewer, place) };
  });

  const show = useCallback(
    (place: Place) => {
      const prepared = prepare(routes, environment, viewer, place);
      startTransition(() => setShown({ place, prepared }));
    },
    [routes, environment, viewer],
  );
  const navigate = useCallback(
    (to: string, { replace = false } = {}) => {
      const url = new URL(to, location.href);
      if (replace || url.href === location.href) history.replaceState(null, "", url);
      else history.pushState(null, "", url);
      show(placeOf(url));
    },
    [show],
  );
  const reload = useCallback(() => show(placeOf(location)), [show]);

  useEffect(() => {
    addEventListener("popstate", reload);
    const forget = onMissedChanges(reload);
    return () => {
      removeEventListener("popstate", reload);
      forget();
    };
  }, [reload]);

  // The query that was left is released only when its screen is no longer shown.
  const last = useRef<Prepared | null>(null);
  useEffect(() => {
    if (last.current !== null && last.current !== shown.prepared) last.current.dispose();
    last.current = shown.prepared;
  }, [shown.prepared]);

  const navigation = useMemo(
    () => ({ place: shown.place, pending, navigate, reload }),
    [shown.place, pending, navigate, reload],
  );
  return (
    <NavigationContext value={navigation}>
      {children(shown.prepared?.screen ?? notFound, shown.place)}
    </NavigationContext>
  );
}

export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const { navigate } = useNavigation();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || elsewhere) return;
    event.preventDefault();
    navigate(href);
  };
  return <a {...rest} href={href} onClick={follow} />;
}
