import { useRef, useState } from "react";
import { graphql, useFragment, useRelayEnvironment } from "react-relay";
import { m } from "../messages";
import { paths } from "../navigation/location";
import { useNavigation } from "../navigation/router";
import { failureText } from "../parts/failureText";
import { claimNext } from "../queue/claimNext";
import { commit } from "../relay/commit";
import { untilReached } from "../relay/pause";
import { Refusal } from "../relay/refusal";
import type { Signature } from "../signing/SignDialog";
import type { Wanted } from "../signing/usePrepared";
import type { useDecision_task$key } from "./__generated__/useDecision_task.graphql";
import type { Decision, useDecisionDecideMutation } from "./__generated__/useDecisionDecideMutation.graphql";
import type { ReleaseReason, useDecisionReleaseMutation } from "./__generated__/useDecisionReleaseMutation.graphql";
import { draftOf } from "./drafts";
import { isUnresolved } from "./fieldOrder";
import type { OutboxState } from "./outbox";
import { noteDone } from "./pace";
import type { useFieldWork, WorkField } from "./useFieldWork";

const labels = (fields: readonly WorkField[]) => fields.map(({ label }) => label).join(", ");

/** Ends the work on a task, and goes on to the next. */
export function useDecision(
  key: useDecision_task$key,
  work: ReturnType<typeof useFieldWork>,
  fields: readonly WorkField[],
  /** Decisions are known to be signed; of an older version of a type the server says so when it is asked. */
  signed: boolean,
) {
  const task = useFragment(
    graphql`
      fragment useDecision_task on Task {
        id
        queue {
          id
        }
        lease {
          token
        }
      }
    `,
    key,
  );
  const environment = useRelayEnvironment();
  const { navigate } = useNavigation();
  const [busy, setBusy] = useState(false);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [said, setSaid] = useState<{ problem: string; at: OutboxState } | null>(null);
  const keys = useRef(new Map<string, string>());
  const leaseToken = task.lease?.token ?? 0;
  const setProblem = (problem: string) => setSaid({ problem, at: work.outbox.read() });
  // The next save makes it old.
  const problem = said?.at === work.sent ? said.problem : null;

  /** One idempotency key for each wish, kept until it is answered. */
  const keyOf = (wish: string) => {
    const kept = keys.current.get(wish) ?? crypto.randomUUID();
    keys.current.set(wish, kept);
    return kept;
  };

  const whileBusy = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setSaid(null);
    try {
      await work();
    } catch (error) {
      setProblem(failureText(error));
    } finally {
      setBusy(false);
    }
  };

  /** The fields first: a decision is about what was saved. */
  const allSaved = async (): Promise<boolean> => {
    if (await work.outbox.drained()) return true;
    const { refused } = work.outbox.read();
    setProblem(m.task.refusedSaves(labels(fields.filter(({ id }) => refused.has(id)))));
    return false;
  };

  const end = async (wish: string, ask: (idempotencyKey: string) => Promise<unknown>) => {
    try {
      await untilReached(() => ask(keyOf(wish)));
    } catch (error) {
      keys.current.delete(wish);
      if (error instanceof Refusal && error.code === "LEASE_LOST") {
        work.outbox.loseLease();
        setWanted(null);
      }
      throw error;
    }
    const next = await claimNext(environment, task.queue.id);
    navigate(next === null ? `${paths.queues}?done` : paths.task(next));
  };

  const send = (decision: Decision, reason: string | null, signature: Signature | null) =>
    end(`${decision} ${reason} ${signature?.prepared}`, async (idempotencyKey) => {
      await commit<useDecisionDecideMutation>(environment, decideMutation, {
        input: { idempotencyKey, taskId: task.id, leaseToken, decision, reason, signature },
      });
      noteDone();
    });

  const decide = (decision: Decision, reason: string | null) =>
    whileBusy(async () => {
      if (!(await allSaved())) return;
      const toSign = { task: task.id, leaseToken, decision, reason };
      if (signed) {
        setWanted(toSign);
        return;
      }
      try {
        await send(decision, reason, null);
      } catch (error) {
        if (!(error instanceof Refusal && error.reason === "SIGNATURE_REQUIRED")) throw error;
        setWanted(toSign);
      }
    });

  /** Rejects when the signature is refused: the person is still at the statement. */
  const sign = async (signature: Signature) => {
    if (wanted !== null) await send(wanted.decision, wanted.reason, signature);
  };

  const skip = (reason: ReleaseReason) =>
    whileBusy(async () => {
      if (!(await allSaved())) return;
      await end(`skip ${reason}`, (idempotencyKey) =>
        commit<useDecisionReleaseMutation>(environment, releaseMutation, {
          input: { idempotencyKey, taskId: task.id, leaseToken, reason },
        }),
      );
    });

  const approve = async () => {
    const typed = fields.filter(({ id }) => draftOf(work.drafts, id) !== null);
    const own = typed.find(({ id }) => id === work.activeId);
    // What was typed last is meant to be saved with the approval.
    if (own !== undefined && typed.length === 1 && !work.sent.refused.has(own.id)) work.actions.accept(own.id);
    else if (typed[0] !== undefined) {
      setProblem(m.task.unsavedEdit(labels(typed)));
      work.actions.goTo(typed[0].id);
      return;
    }
    const open = fields.filter((field) => isUnresolved(field) && field.id !== own?.id);
    if (open[0] !== undefined) {
      setProblem(m.task.stillOpen(labels(open)));
      work.actions.goTo(open[0].id);
      return;
    }
    await decide("APPROVE", null);
  };

  return { busy, problem, approve, decide, skip, wanted, sign, giveUpSigning: () => setWanted(null) };
}

const decideMutation = graphql`
  mutation useDecisionDecideMutation($input: DecideTaskInput!) {
    decideTask(input: $input) {
      task {
        id
        state
        decision
        decidedAt
        lease {
          mine
          until
          token
        }
      }
      document {
        id
        state
        version
      }
    }
  }
`;

const releaseMutation = graphql`
  mutation useDecisionReleaseMutation($input: ReleaseTaskInput!) {
    releaseTask(input: $input) {
      task {
        id
        state
        lease {
          mine
          until
          token
        }
      }
    }
  }
`;
