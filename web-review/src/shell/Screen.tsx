import type { ReactNode } from "react";
import { m } from "../messages";
import styles from "./Screen.module.css";
import { ScreenTitle } from "./ScreenTitle";

/** An ordinary screen: a head with the title, and a scrolling body of readable width. */
export function Screen({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <>
      <title>{`${title} · ${m.product}`}</title>
      <header className={styles.head}>
        <ScreenTitle>{title}</ScreenTitle>
        {aside && <div className={styles.aside}>{aside}</div>}
      </header>
      <main id="content" className={styles.body}>
        <div className={styles.inner}>{children}</div>
      </main>
    </>
  );
}
