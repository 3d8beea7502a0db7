import { type ReactNode, useEffect, useRef } from "react";
import styles from "./Screen.module.css";

let firstScreen = true;

/** The heading of a screen. It takes the focus after a change of screen, so that the change is read out. */
export function ScreenTitle({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstScreen) heading.current?.focus({ preventScroll: true });
    firstScreen = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={styles.title}>
      {children}
    </h1>
  );
}
