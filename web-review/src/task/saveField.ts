import { commitLocalUpdate, graphql } from "react-relay";
import type { IEnvironment, RecordProxy, RecordSourceProxy } from "relay-runtime";
import { commit } from "../relay/commit";
import type { saveFieldConfirmMutation } from "./__generated__/saveFieldConfirmMutation.graphql";
import type { saveFieldCorrectMutation } from "./__generated__/saveFieldCorrectMutation.graphql";
import type { saveFieldMarkMutation } from "./__generated__/saveFieldMarkMutation.graphql";
import type { Save, Transport } from "./outbox";

/** Saves fields under a lease; the token is asked for when sending, as taking a task again makes a new one. */
export function fieldTransport(environment: IEnvironment, taskId: string, leaseToken: () => number): Transport {
  return {
    send: (save) => sendSave(environment, taskId, leaseToken(), save),
    predict(save) {
      const prediction = environment.applyUpdate({ storeUpdater: (store) => predict(store, save) });
      return () => prediction.dispose();
    },
    overtaken(save, { current }) {
      if (current === null) return;
      commitLocalUpdate(environment, (store) => {
        const field = store.get(save.fieldId);
        field?.setValue(current.version, "version");
        field?.setValue(current.text, "text");
        field?.setValue(current.value, "value");
        field?.setValue(current.status, "status");
        field?.setValue([], "characterConfidences");
      });
    },
  };
}

async function sendSave(environment: IEnvironment, taskId: string, leaseToken: number, save: Save): Promise<void> {
  const common = {
    idempotencyKey: save.key,
    fieldId: save.fieldId,
    expectedVersion: save.expectedVersion,
    taskId,
    leaseToken,
  };
  const { change } = save;
  switch (change.kind) {
    case "correct": {
      const { text, regions, reason } = change;
      await commit<saveFieldCorrectMutation>(environment, correctMutation, {
        input: { ...common, text, reason, regions: regions.map(({ page, quad }) => ({ page, quad: [...quad] })) },
      });
      break;
    }
    case "confirm":
      await commit<saveFieldConfirmMutation>(environment, confirmMutation, { input: common });
      break;
    case "mark":
      await commit<saveFieldMarkMutation>(environment, markMutation, { input: { ...common, mark: change.mark } });
      break;
  }
}

function predict(store: RecordSourceProxy, { fieldId, expectedVersion, change, key }: Save) {
  const field = store.get(fieldId);
  if (!field) return;
  field.setValue(expectedVersion + 1, "version");
  switch (change.kind) {
    case "confirm":
      field.setValue("CONFIRMED", "status");
      break;
    case "mark":
      field.setValue(change.mark, "status");
      field.setValue("", "text");
      field.setValue(null, "value");
      break;
    case "correct":
      field.setValue("CORRECTED", "status");
      field.setValue(change.text, "text");
      field.setValue(null, "value");
      field.setValue([], "characterConfidences");
      field.setLinkedRecords(
        change.regions.map(({ page, quad }, index): RecordProxy => {
          const region = store.create(`client:${key}:region:${index}`, "Region");
          region.setValue(page, "page");
          region.setValue([...quad], "quad");
          return region;
        }),
        "regions",
      );
  }
}

const correctMutation = graphql`
  mutation saveFieldCorrectMutation($input: CorrectFieldInput!) {
    correctField(input: $input) {
      field {
        ...FieldCard_field
      }
      document {
        version
      }
    }
  }
`;

const confirmMutation = graphql`
  mutation saveFieldConfirmMutation($input: ConfirmFieldInput!) {
    confirmField(input: $input) {
      field {
        ...FieldCard_field
      }
      document {
        version
      }
    }
  }
`;

const markMutation = graphql`
  mutation saveFieldMarkMutation($input: MarkFieldInput!) {
    markField(input: $input) {
      field {
        ...FieldCard_field
      }
      document {
        version
      }
    }
  }
`;
