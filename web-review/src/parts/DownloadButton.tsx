import { m } from "../messages";
import { Button } from "./Button";

/** Saves a text that the page already holds as a file, byte for byte. */
export function DownloadButton({
  text,
  fileName,
  label,
  children = m.download,
  small = true,
}: {
  text: string;
  fileName: string;
  /** What is saved, where the button's own words don't say it. */
  label?: string;
  children?: string;
  small?: boolean;
}) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button small={small} icon="download" aria-label={label && `${children}: ${label}`} onPress={save}>
      {children}
    </Button>
  );
}
