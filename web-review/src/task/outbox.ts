import type { Region } from "../page/geometry";
import { isPassing, pause } from "../relay/pause";
import { Refusal } from "../relay/refusal";

export type CorrectionReason = "MISREAD" | "WRONG_PLACE" | "NOT_FOUND" | "FORMAT" | "TYPED_BY_HAND" | "OTHER";

/** What a person says of a field. */
export type Change =
  | { kind: "correct"; text: string; regions: readonly Region[]; reason: CorrectionReason }
  | { kind: "confirm" }
  | { kind: "mark"; mark: "MISSING" | "ILLEGIBLE" };

export interface Save {
  /** The idempotency key: the same however often it is sent. */
  key: string;
  fieldId: string;
  /** The version the person saw. */
  expectedVersion: number;
  change: Change;
}

export interface Refused {
  change: Change;
  refusal: Refusal;
}

export interface OutboxState {
  pending: readonly Save[];
  refused: ReadonlyMap<string, Refused>;
  /** The server can't be reached; what is pending goes out when it can. */
  waiting: boolean;
  leaseLost: boolean;
}

export interface Transport {
  /** Rejects with what {@link isPassing}, or with a {@link Refusal}. */
  send: (save: Save) => Promise<void>;
  /** Shows the change before the server knows of it; answers how to take that back. */
  predict: (save: Save) => () => void;
  /** Shows what the field holds now, after a conflict. */
  overtaken: (save: Save, refusal: Refusal) => void;
}

/**
 * The saves of one task, sent one after another in the order they were made, since each names the version the one before
 * it made. Nothing is lost: without a connection they wait, and a refused one is kept with what the server said.
 */
export class Outbox {
  #state: OutboxState = { pending: [], refused: new Map(), waiting: false, leaseLost: false };
  #predictions = new Map<string, () => void>();
  #watchers = new Set<() => void>();
  #sending: Promise<void> | null = null;

  constructor(private readonly transport: Transport) {}

  read = (): OutboxState => this.#state;

  watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  put(save: Save) {
    const refused = new Map(this.#state.refused);
    refused.delete(save.fieldId);
    this.#predictions.set(save.key, this.transport.predict(save));
    this.#set({ pending: [...this.#state.pending, save], refused });
    this.#sending ??= this.#run();
  }

  /** The person has seen a refusal and takes what the server has. */
  forget(fieldId: string) {
    const refused = new Map(this.#state.refused);
    refused.delete(fieldId);
    this.#set({ refused });
  }

  /** The task is leased again: what is refused stays offered, new saves may go out. */
  resume() {
    this.#set({ leaseLost: false });
  }

  loseLease() {
    this.#set({ leaseLost: true });
  }

  /** When nothing is pending any more; true when every save was taken. */
  async drained(): Promise<boolean> {
    await this.#sending;
    return this.#state.refused.size === 0 && !this.#state.leaseLost;
  }

  async #run() {
    for (let failures = 0; ; ) {
      const save = this.#state.pending[0];
      if (save === undefined) break;
      try {
        await this.transport.send(save);
        failures = 0;
        this.#settle([save]);
      } catch (error) {
        if (isPassing(error)) {
          this.#set({ waiting: true });
          failures += 1;
          await pause(failures);
        } else this.#refuse(save, error);
      }
    }
    this.#sending = null;
  }

  #settle(saves: readonly Save[]) {
    for (const save of saves) {
      this.#predictions.get(save.key)?.();
      this.#predictions.delete(save.key);
    }
    this.#set({ pending: this.#state.pending.filter((save) => !saves.includes(save)), waiting: false });
  }

  #refuse(save: Save, error: unknown) {
    const refusal = error instanceof Refusal ? error : new Refusal("INTERNAL", String(error));
    const lost = refusal.code === "LEASE_LOST";
    // Later saves of the field build on the refused one, and without a lease none can be taken.
    const dropped = this.#state.pending.filter((other) => lost || other.fieldId === save.fieldId);
    const refused = new Map(this.#state.refused);
    for (const { fieldId, change } of dropped) refused.set(fieldId, { change, refusal });
    this.#set({ refused, leaseLost: this.#state.leaseLost || lost });
    this.#settle(dropped);
    if (refusal.current !== null) this.transport.overtaken(save, refusal);
  }

  #set(change: Partial<OutboxState>) {
    this.#state = { ...this.#state, ...change };
    for (const watcher of this.#watchers) watcher();
  }
}
