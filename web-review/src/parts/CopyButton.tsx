import { useEffect, useState } from "react";
import { m } from "../messages";
import { Button } from "./Button";

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <Button
      small
      icon={copied ? "check" : "copy"}
      aria-label={copied ? m.copied : `${m.copy}: ${label}`}
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {copied ? m.copied : m.copy}
    </Button>
  );
}
