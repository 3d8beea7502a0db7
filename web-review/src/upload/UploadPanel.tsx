import { type DragEvent, useRef, useState } from "react";
import { graphql, useFragment } from "react-relay";
import { m } from "../messages";
import { formatBytes } from "../messages/format";
import { paths } from "../navigation/location";
import { Link } from "../navigation/router";
import { Button } from "../parts/Button";
import { Icon } from "../parts/icons";
import { Select } from "../parts/Select";
import { Unreachable } from "../relay/refusal";
import type { UploadPanel_query$key } from "./__generated__/UploadPanel_query.graphql";
import { sendDocument } from "./sendDocument";
import styles from "./UploadPanel.module.css";

interface Upload {
  key: string;
  file: File;
  type: string;
  state: "sending" | "sent" | "failed";
  documentId: string | null;
  problem: string | null;
}

const FORMATS = "image/jpeg,image/png,application/pdf";

/** Sends files from this computer, by a button or by dropping them. */
export function UploadPanel({ query: key }: { query: UploadPanel_query$key }) {
  const { documentTypes } = useFragment(
    graphql`
      fragment UploadPanel_query on Query {
        documentTypes {
          name
          label
        }
      }
    `,
    key,
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const type = chosen ?? documentTypes[0]?.name ?? "receipt";
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const queue = useRef(Promise.resolve());

  const change = (uploadKey: string, to: Partial<Upload>) =>
    setUploads((now) => now.map((upload) => (upload.key === uploadKey ? { ...upload, ...to } : upload)));
  const send = async (upload: Upload) => {
    change(upload.key, { state: "sending", problem: null });
    try {
      const answer = await sendDocument(upload.file, upload.type, upload.key);
      if ("id" in answer) change(upload.key, { state: "sent", documentId: answer.id });
      else change(upload.key, { state: "failed", problem: answer.detail ?? answer.title });
    } catch (error) {
      change(upload.key, {
        state: "failed",
        problem: error instanceof Unreachable ? m.upload.unreachable : String(error),
      });
    }
  };
  const add = (files: readonly File[]) => {
    const added = files.map(
      (file): Upload => ({ key: crypto.randomUUID(), file, type, state: "sending", documentId: null, problem: null }),
    );
    setUploads((now) => [...added, ...now]);
    // One after another: a folder of scans must not open hundreds of connections.
    for (const upload of added) queue.current = queue.current.then(() => send(upload));
  };
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  };

  return (
    <div className={styles.panel}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the button is everybody's */}
      <div
        className={styles.zone}
        data-over={over || undefined}
        onDragOver={onDragOver}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          accept={FORMATS}
          aria-label={m.upload.choose}
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <Button icon="upload" onPress={() => picker.current?.click()}>
          {m.upload.choose}
        </Button>
        <span className={styles.hint}>{m.upload.drop}</span>
        {documentTypes.length > 1 && (
          <Select
            label={m.upload.type}
            value={type}
            options={documentTypes.map(({ name, label }) => ({ value: name, label }))}
            onChange={setChosen}
          />
        )}
      </div>
      {uploads.length > 0 && (
        <ul className={styles.list} aria-label={m.upload.list} aria-live="polite">
          {uploads.map((upload) => (
            <li key={upload.key} className={styles.upload} data-state={upload.state}>
              <Icon
                name={upload.state === "sent" ? "check" : upload.state === "failed" ? "cross" : "clock"}
                size={16}
              />
              {upload.documentId ? (
                <Link href={paths.document(upload.documentId)}>{upload.file.name}</Link>
              ) : (
                <span>{upload.file.name}</span>
              )}
              <span className={styles.hint}>
                {formatBytes(upload.file.size)}, {m.upload[upload.state]}
              </span>
              {upload.problem && <span className={styles.problem}>{upload.problem}</span>}
              {upload.state === "failed" && (
                <Button small onPress={() => void send(upload)}>
                  {m.upload.again}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
