import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { m } from "../messages";
import { IconButton } from "./Button";
import styles from "./Dialog.module.css";

/** A modal window; the focus goes in and comes back to where it was. */
export function Dialog({
  title,
  onClose,
  children,
  size,
}: {
  title: string;
  /** Without it the window can't be dismissed. */
  onClose?: () => void;
  children: ReactNode;
  size?: "wide" | "widest";
}) {
  return (
    <ModalOverlay
      className={styles.overlay ?? ""}
      isOpen
      isDismissable={onClose !== undefined}
      isKeyboardDismissDisabled={onClose === undefined}
      onOpenChange={(open) => {
        if (!open) onClose?.();
      }}
    >
      <Modal className={`${styles.modal} ${size ? styles[size] : ""}`}>
        <AriaDialog className={styles.dialog ?? ""}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title ?? ""}>
              {title}
            </Heading>
            {onClose && <IconButton icon="cross" label={m.close} onPress={onClose} />}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
