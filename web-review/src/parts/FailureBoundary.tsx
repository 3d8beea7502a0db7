import { Component, type ReactNode } from "react";
import { m } from "../messages";
import { Button } from "./Button";
import styles from "./FailureBoundary.module.css";
import { failureText } from "./failureText";
import { Notice } from "./Notice";

interface Props {
  /** A change of it (another place, a reload) tries again. */
  resetKey: unknown;
  onRetry: () => void;
  children: ReactNode;
}

/** Catches what a screen could not be shown for, and offers to ask again. */
export class FailureBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (before.resetKey !== this.props.resetKey && this.state.error !== null) this.setState({ error: null });
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <div className={styles.failure}>
        <Notice
          tone="bad"
          alert
          title={m.failure.title}
          actions={<Button onPress={this.props.onRetry}>{m.retry}</Button>}
        >
          <p>{failureText(this.state.error)}</p>
        </Notice>
      </div>
    );
  }
}
