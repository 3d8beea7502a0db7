import { Suspense, useState } from "react";
import { fetchQuery, graphql, RelayEnvironmentProvider, useLazyLoadQuery, useRelayEnvironment } from "react-relay";
import type { AppQuery } from "./__generated__/AppQuery.graphql";
import { paths } from "./navigation/location";
import { Router } from "./navigation/router";
import { FailureBoundary } from "./parts/FailureBoundary";
import { Loading } from "./parts/Loading";
import { createEnvironment } from "./relay/environment";
import { routes } from "./routes";
import { LogInScreen } from "./session/LogIn";
import { NotFound } from "./shell/NotFound";
import { Shell } from "./shell/Shell";
import { may, ViewerProvider } from "./shell/Viewer";

/** Each session gets a store of its own, so that nothing of one person is left for the next. */
export function App() {
  const [session, setSession] = useState(() => ({ environment: createEnvironment(), number: 0 }));
  const renew = () => setSession(({ number }) => ({ environment: createEnvironment(), number: number + 1 }));
  return (
    <RelayEnvironmentProvider environment={session.environment}>
      <FailureBoundary key={session.number} resetKey={session.number} onRetry={renew}>
        <Suspense fallback={<Loading />}>
          <Entrance onSession={renew} />
        </Suspense>
      </FailureBoundary>
    </RelayEnvironmentProvider>
  );
}

function Entrance({ onSession }: { onSession: () => void }) {
  const environment = useRelayEnvironment();
  const { viewer } = useLazyLoadQuery<AppQuery>(viewerQuery, {});
  if (!viewer) return <LogInScreen onDone={onSession} />;
  // The queues are no place for whoever may not see tasks.
  if (location.pathname === paths.queues && !may(viewer, "readTasks")) history.replaceState(null, "", paths.documents);

  const onLogInAgain = async () => {
    const again = await fetchQuery<AppQuery>(environment, viewerQuery, {}).toPromise();
    if (again?.viewer?.id === viewer.id) return;
    // Somebody else sat down: what was typed here is not theirs.
    sessionStorage.clear();
    onSession();
  };
  return (
    <ViewerProvider value={viewer}>
      <Router routes={routes} notFound={<NotFound />}>
        {(screen, place) => (
          <Shell place={place} onLogOut={onSession} onLogInAgain={onLogInAgain}>
            {screen}
          </Shell>
        )}
      </Router>
    </ViewerProvider>
  );
}

const viewerQuery = graphql`
  query AppQuery {
    viewer {
      id
      name
      email
      role
      organization {
        id
        name
      }
    }
  }
`;
