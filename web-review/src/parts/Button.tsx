import type { ReactNode, Ref } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import styles from "./Button.module.css";
import { Icon, type IconName } from "./icons";
import { Kbd } from "./Kbd";

interface ButtonProps extends Omit<AriaButtonProps, "children" | "className" | "style" | "isPending"> {
  children: ReactNode;
  look?: "plain" | "primary" | "quiet" | "danger";
  small?: boolean;
  icon?: IconName;
  /** The key that does the same, shown beside the label but no part of its accessible name. */
  shortcut?: string;
  /** What it started is under way; pressing it again does nothing. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  children,
  look = "plain",
  small = false,
  icon,
  shortcut,
  busy = false,
  onPress,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      // Not disabled while busy: a disabled button would lose the focus.
      onPress={(event) => {
        if (!busy) onPress?.(event);
      }}
      className={`${styles.button} ${styles[look]} ${small ? styles.small : ""} ${busy ? styles.busy : ""}`}
    >
      {icon && <Icon name={icon} size={16} />}
      <span>{children}</span>
      {shortcut && <Kbd keys={shortcut} />}
    </AriaButton>
  );
}

/** Shows an icon alone; its label is read out. */
export function IconButton({
  icon,
  label,
  ...rest
}: Omit<AriaButtonProps, "children" | "className" | "style"> & { icon: IconName; label: string }) {
  return (
    <AriaButton {...rest} aria-label={label} className={styles.icon ?? ""}>
      <Icon name={icon} />
    </AriaButton>
  );
}
