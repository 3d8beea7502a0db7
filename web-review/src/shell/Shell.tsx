import { type ReactNode, Suspense } from "react";
import { m } from "../messages";
import { type Place, paths } from "../navigation/location";
import { Link, useNavigation } from "../navigation/router";
import { Dialog } from "../parts/Dialog";
import { FailureBoundary } from "../parts/FailureBoundary";
import { Icon, type IconName } from "../parts/icons";
import { Loading } from "../parts/Loading";
import { useConnection } from "../relay/connection";
import { LogInForm } from "../session/LogIn";
import { Account } from "./Account";
import { ConnectionBanner } from "./ConnectionBanner";
import styles from "./Shell.module.css";
import { may, type Right, useViewer } from "./Viewer";

interface MainPlace {
  href: string;
  label: string;
  icon: IconName;
  right: Right | null;
}

const places: MainPlace[] = [
  { href: paths.queues, label: m.nav.queues, icon: "queue", right: "readTasks" },
  { href: paths.documents, label: m.nav.documents, icon: "document", right: null },
  { href: paths.exports, label: m.nav.exports, icon: "export", right: "export" },
  { href: paths.audit, label: m.nav.audit, icon: "chain", right: "readAudit" },
  { href: paths.types, label: m.nav.types, icon: "types", right: null },
];

function isHere({ href }: MainPlace, path: string): boolean {
  return href === paths.queues ? path === "/" || path.startsWith("/tasks") : path.startsWith(href);
}

export function Shell({
  place,
  onLogOut,
  onLogInAgain,
  children,
}: {
  place: Place;
  onLogOut: () => void;
  /** After a session ended under the page and somebody logged in over it. */
  onLogInAgain: () => Promise<void>;
  children: ReactNode;
}) {
  const { pending, reload } = useNavigation();
  const { signedOut } = useConnection();
  const viewer = useViewer();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {m.nav.skip}
      </a>
      <nav className={styles.nav} aria-label={m.nav.label}>
        <span className={styles.logo} aria-hidden="true">
          C
        </span>
        <ul className={styles.places}>
          {places
            .filter(({ right }) => right === null || may(viewer, right))
            .map((main) => (
              <li key={main.href}>
                <Link
                  href={main.href}
                  className={styles.place}
                  aria-current={isHere(main, place.path) ? "page" : undefined}
                >
                  <Icon name={main.icon} size={20} />
                  <span>{main.label}</span>
                </Link>
              </li>
            ))}
        </ul>
        <Account onLogOut={onLogOut} />
      </nav>
      <div className={styles.content}>
        <span className={styles.pending} data-on={pending || undefined} aria-hidden="true" />
        <ConnectionBanner />
        <FailureBoundary resetKey={place} onRetry={reload}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </FailureBoundary>
      </div>
      {signedOut && (
        <Dialog title={m.logIn.title}>
          <p className={styles.again}>{m.logIn.again}</p>
          <LogInForm onDone={() => void onLogInAgain().then(reload)} />
        </Dialog>
      )}
    </div>
  );
}
