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

const places: { href: string; label: string; icon: IconName; here: (path: string) => boolean }[] = [
  { href: paths.queues, label: m.nav.queues, icon: "queue", here: (path) => path === "/" || path.startsWith("/tasks") },
  {
    href: paths.documents,
    label: m.nav.documents,
    icon: "document",
    here: (path) => path.startsWith("/documents"),
  },
  { href: paths.exports, label: m.nav.exports, icon: "export", here: (path) => path.startsWith("/exports") },
  { href: paths.audit, label: m.nav.audit, icon: "chain", here: (path) => path.startsWith("/audit") },
  { href: paths.types, label: m.nav.types, icon: "types", here: (path) => path.startsWith("/types") },
];

export function Shell({ place, onLogOut, children }: { place: Place; onLogOut: () => void; children: ReactNode }) {
  const { pending, reload } = useNavigation();
  const { signedOut } = useConnection();
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
          {places.map(({ href, label, icon, here }) => (
            <li key={href}>
              <Link href={href} className={styles.place} aria-current={here(place.path) ? "page" : undefined}>
                <Icon name={icon} size={20} />
                <span className={styles.label}>{label}</span>
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
          <LogInForm onDone={reload} />
        </Dialog>
      )}
    </div>
  );
}
