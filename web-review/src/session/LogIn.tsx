import { type FormEvent, useState } from "react";
import { Input, Label, TextField } from "react-aria-components";
import { m } from "../messages";
import { Button } from "../parts/Button";
import { Notice } from "../parts/Notice";
import { Unreachable } from "../relay/refusal";
import styles from "./LogIn.module.css";
import { logIn } from "./session";

/** The form alone: it stands on a screen of its own, and in a window over the page when a session has ended. */
export function LogInForm({ onDone }: { onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      const refused = await logIn(String(form.get("email")), String(form.get("password")));
      if (refused === null) onDone();
      else
        setProblem(
          refused.status === 401 ? `${m.logIn.wrong} ${m.logIn.wrongHint}` : (refused.detail ?? refused.title),
        );
    } catch (error) {
      setProblem(error instanceof Unreachable ? m.logIn.unreachable : String(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField name="email" type="email" isRequired autoComplete="username" autoFocus className={styles.field ?? ""}>
        <Label>{m.logIn.email}</Label>
        <Input className={styles.input ?? ""} />
      </TextField>
      <TextField
        name="password"
        type="password"
        isRequired
        autoComplete="current-password"
        className={styles.field ?? ""}
      >
        <Label>{m.logIn.password}</Label>
        <Input className={styles.input ?? ""} />
      </TextField>
      {problem && (
        <Notice tone="bad" alert>
          <p>{problem}</p>
        </Notice>
      )}
      <Button look="primary" type="submit" busy={busy}>
        {busy ? m.logIn.busy : m.logIn.submit}
      </Button>
    </form>
  );
}

export function LogInScreen({ onDone }: { onDone: () => void }) {
  return (
    <main className={styles.screen}>
      <title>{`${m.logIn.title} · ${m.product}`}</title>
      <div className={styles.card}>
        <span className={styles.logo} aria-hidden="true">
          C
        </span>
        <h1 className={styles.title}>{m.product}</h1>
        <p className={styles.lead}>{m.logIn.lead}</p>
        <LogInForm onDone={onDone} />
      </div>
    </main>
  );
}
