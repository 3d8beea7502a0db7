import { useEffect, useState } from "react";
import { m } from "../messages";
import { Icon } from "../parts/icons";
import { useConnection } from "../relay/connection";
import styles from "./ConnectionBanner.module.css";

/** A socket that drops and stands again within this time is nobody's concern. */
const PATIENCE = 2500;

export function ConnectionBanner() {
  const { reachable, live } = useConnection();
  const broken = !reachable || !live;
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!broken) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [broken]);
  return (
    <div role="status" className={styles.place}>
      {shown && (
        <p className={styles.banner}>
          <Icon name="offline" />
          {reachable ? m.connection.notLive : m.connection.unreachable}
        </p>
      )}
    </div>
  );
}
